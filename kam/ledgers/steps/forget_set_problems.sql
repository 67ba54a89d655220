-- Problems of rows by themselves have an ordinal below 500, or 800.
delete from temp.problems where ordinal between 500 and 799 or ordinal >= 900;
