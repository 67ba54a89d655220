delete from relationships.contact_observations where contact_id = $contact_id returning 1;
