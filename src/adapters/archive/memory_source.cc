#include "adapters/archive/memory_source.h"

#include <algorithm>
#include <cstring>

namespace bk::adapters {

zip_int64_t MemorySource::Read(void *into, zip_uint64_t length) {
  last_read_at_ = at_;
  const auto count = std::min<std::uint64_t>(length, bytes_.size() - at_);
  if (count > 0) std::memcpy(into, bytes_.data() + at_, static_cast<std::size_t>(count));
  at_ += count;
  return static_cast<zip_int64_t>(count);
}

zip_int64_t MemorySource::Serve(void *self, void *data, zip_uint64_t length,
                                zip_source_cmd_t command) {
  auto &source = *static_cast<MemorySource *>(self);
  switch (command) {
    case ZIP_SOURCE_OPEN:
      source.at_ = 0;
      return 0;
    case ZIP_SOURCE_READ:
      return source.Read(data, length);
    case ZIP_SOURCE_SEEK: {
      const zip_int64_t at = zip_source_seek_compute_offset(source.at_, source.bytes_.size(), data,
                                                            length, &source.error_);
      if (at < 0) return -1;
      source.at_ = static_cast<std::uint64_t>(at);
      return 0;
    }
    case ZIP_SOURCE_TELL:
      return static_cast<zip_int64_t>(source.at_);
    case ZIP_SOURCE_STAT: {
      zip_stat_t about;
      zip_stat_init(&about);
      about.size = source.bytes_.size();
      about.valid = ZIP_STAT_SIZE;
      std::memcpy(data, &about, sizeof about);
      return sizeof about;
    }
    case ZIP_SOURCE_ERROR:
      return zip_error_to_data(&source.error_, data, length);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:  // owned by the archive
      return 0;
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap(
          ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
          ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
    default:
      zip_error_set(&source.error_, ZIP_ER_OPNOTSUPP, 0);
      return -1;
  }
}

}  // namespace bk::adapters
