"""A document as blocks, and its writers: Word, PDF, PowerPoint, Excel and HTML."""
