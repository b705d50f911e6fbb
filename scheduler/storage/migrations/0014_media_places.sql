-- The same sound may be uploaded at several places: each calls it its own way, and takes it out of its own list.
ALTER TABLE media_place ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE media_place ADD COLUMN original_name TEXT NOT NULL DEFAULT '';
ALTER TABLE media_place ADD COLUMN removed BIGINT;
UPDATE media_place SET title = (SELECT media.title FROM media WHERE media.id = media_place.media),
    original_name = (SELECT media.original_name FROM media WHERE media.id = media_place.media);
