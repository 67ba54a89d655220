update relationships.added_contacts set name = $erased where contact_id = $contact_id;
