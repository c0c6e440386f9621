"""The local chat as pages in a browser: what its stage shows, and what people do there."""

from bot.web.chat.site import ChatParts, ChatSite

__all__ = ["ChatParts", "ChatSite"]
