-- Rejected rows of contact files that hold the number, or one of the words that tell the person.
update ledgers.import_rejects
set original_text = $erased, row_text = null
where import_id in (select import_id from ledgers.imports where table_name = 'contacts')
    and (
        list_contains(from_json(row_text, '["varchar"]'), $contact_id)
        or list_has_any(list_transform(from_json(row_text, '["varchar"]'), lambda cell: lower(trim(cell))), $words)
    );
