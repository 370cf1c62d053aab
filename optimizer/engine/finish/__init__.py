"""From sections and care groups to a whole plan: seats, staff, care, rooms, reasons."""
