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

// `bytes` must outlive the archive. kNotOurs: no archive. kNotSupported: one that is encrypted as
// a whole. Members over limits::kMemberBytesMax are refused on Read (kTooLarge).
Result<std::unique_ptr<ports::Archive>> OpenArchive(Bytes bytes);

}  // namespace bk::adapters
