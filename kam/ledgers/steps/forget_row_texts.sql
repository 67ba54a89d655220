delete from temp.row_texts;
