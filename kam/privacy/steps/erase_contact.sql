update ledgers.contacts
set name = $erased, title = null, email = null, phone = null, reports_to = null, role = null, influence = null, attitude = null
where contact_id = $contact_id;
