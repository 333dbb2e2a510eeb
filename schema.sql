-- The catalog: where each chunk of a repository lies, so that no pack has to be opened to know.
--
-- It is a cache. Everything in it was read from pack footers and snapshot records, it may be deleted at any time, and
-- it is made anew when it does not say exactly what stands here. It tells nothing of a sealed repository: chunk ids are
-- keyed hashes, records are kept sealed, and there is no path, no name and no content.
--
-- To change the shape, raise user_version: a catalog of any other shape is thrown away and filled again.

PRAGMA application_id = 0x4A53544F; -- "JSTO"
PRAGMA user_version = 1;

-- One row: whose catalog this is.
CREATE TABLE repository (
  id         BLOB    NOT NULL, -- 16 bytes, as in `config`
  is_checked INTEGER NOT NULL  -- 1: every chunk of every snapshot was here, and no pack was lost since
) STRICT;

CREATE TABLE packs (
  number       INTEGER PRIMARY KEY,
  id           BLOB    NOT NULL UNIQUE, -- 16 bytes, the file's name
  purpose      INTEGER NOT NULL,        -- 0 content, 1 pages and extent lists
  first_block  INTEGER NOT NULL,        -- its blocks are numbered from here,
  block_count  INTEGER NOT NULL,        -- without a gap, in their order in the pack
  chunk_count  INTEGER NOT NULL,        -- sums over its blocks
  raw_bytes    INTEGER NOT NULL,
  sealed_bytes INTEGER NOT NULL
) STRICT;

CREATE TABLE blocks (
  number        INTEGER PRIMARY KEY,
  pack          INTEGER NOT NULL, -- packs.number
  frame         INTEGER NOT NULL, -- its number in the pack, from 0: the nonce follows from it
  frame_offset  INTEGER NOT NULL, -- where the frame begins in the pack
  sealed_length INTEGER NOT NULL, -- ciphertext and tag
  raw_length    INTEGER NOT NULL, -- sum of its chunks' lengths
  chunks        BLOB    NOT NULL  -- 36 bytes a chunk, in order: length, little-endian, in 4 bytes; id in 32
) STRICT;

-- The way from an id to a place. Only the first eight bytes of the id stand here, so that this table, whose rows are
-- met in no order at all, stays small; the whole id stands in the block and is always compared. A chunk that lies in
-- two packs has two rows, so either pack can go.
CREATE TABLE chunks (
  prefix   INTEGER NOT NULL, -- first eight bytes of the id, big-endian, as a signed number
  block    INTEGER NOT NULL, -- blocks.number
  position INTEGER NOT NULL, -- which of its chunks, from 0
  PRIMARY KEY (prefix, block, position)
) STRICT, WITHOUT ROWID;

-- Snapshot records as they lie in `snapshots/`: sealed.
CREATE TABLE snapshots (
  id     BLOB NOT NULL UNIQUE, -- 32 bytes, the file's name
  record BLOB NOT NULL
) STRICT;
