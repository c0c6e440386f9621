"""The five seasons the product is accepted by, and what plays them on every platform."""
