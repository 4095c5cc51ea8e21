"""What each kind of chart or map in another website shows, from the same functions as the pages."""
