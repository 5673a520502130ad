// zip and gzip held in memory (usually mapped), as ports::Archive.
//
// A zip is read by its central directory (libzip); when that is missing or damaged, by walking the
// local headers (also streamed members with data descriptors, and ZIP64). gzip may hold several
// members one after the other: they are one stream. Members are inflated by libdeflate in one go;
// a member that is cut or damaged gives what zlib can still inflate, with Blob::damage().
#pragma once

#include <memory>

#include "base/bytes.h"
#include "base/result.h"
#include "ports/files.h"

namespace bk::adapters {

// Whether the content is a zip (also a spanned or self-extracting one) or gzip.
bool LooksLikeArchive(Bytes bytes);

// `bytes` must outlive the archive and its blobs (stored members may be views). kNotOurs: no
// archive. kNotSupported: one whose members are all encrypted. kNotReadable: begins as a zip, but
// no member can be found. Directories are no members. Read refuses members that claim more than
// limits::kMemberBytesMax (kTooLarge), are encrypted or packed by a foreign method (kNotSupported).
Result<std::unique_ptr<ports::Archive>> OpenArchive(Bytes bytes);

}  // namespace bk::adapters
