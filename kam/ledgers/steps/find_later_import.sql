-- A later import, not undone, that changed a row whose values came from this one.
select images.import_id
from ledgers.before_images as images
join ledgers.imports as later on later.import_id = images.import_id and later.undone_at is null
where images.previous_import_id = $import_id and images.import_id > $import_id
order by images.import_id desc
limit 1;
