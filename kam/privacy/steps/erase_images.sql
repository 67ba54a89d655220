-- What an undoing would bring back: the row stays, the person does not.
update ledgers.before_images
set row_image = cast(json_merge_patch(row_image, $image) as varchar)
where table_name = 'contacts' and json_extract_string(row_image, '$.contact_id') = $contact_id;
