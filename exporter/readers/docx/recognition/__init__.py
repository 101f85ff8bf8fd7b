"""Recognition of what people type or format by hand where Word has a style or a field for it, such as titles."""
