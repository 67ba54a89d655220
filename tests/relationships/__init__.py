"""What stands of a relationship in the records, and what people write down of it."""
