"""Says what people read, area by area: from what is kept and decided to messages."""
