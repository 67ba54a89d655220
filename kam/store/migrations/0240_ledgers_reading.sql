-- How the files of an import were read, as one hash of mapping, options and version: the same file read the same
-- way again is recognised by it. Null for imports from before.
alter table ledgers.imports add column reading varchar;
