-- Segments are readings so far: they keep no table of their own.
create schema segments;
