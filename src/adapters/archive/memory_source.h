// Bytes in memory as libzip reads them, which knows where libzip read: a packed member is used
// where it stands, instead of being copied out.
#pragma once

#include <zip.h>

#include <cstdint>

#include "base/bytes.h"

namespace bk::adapters {

class MemorySource {
 public:
  // `bytes` and this must outlive whatever zip is opened from the source.
  explicit MemorySource(Bytes bytes) : bytes_(bytes) { zip_error_init(&error_); }
  MemorySource(const MemorySource &) = delete;
  MemorySource &operator=(const MemorySource &) = delete;
  ~MemorySource() { zip_error_fini(&error_); }

  // Null when there is no memory.
  zip_source_t *Make(zip_error_t *error) {
    return zip_source_function_create(&MemorySource::Serve, this, error);
  }
  // The offset of the first byte that the latest read gave.
  [[nodiscard]] std::uint64_t last_read_at() const { return last_read_at_; }

 private:
  static zip_int64_t Serve(void *self, void *data, zip_uint64_t length, zip_source_cmd_t command);
  zip_int64_t Read(void *into, zip_uint64_t length);

  Bytes bytes_;
  std::uint64_t at_ = 0;
  std::uint64_t last_read_at_ = 0;
  zip_error_t error_;
};

}  // namespace bk::adapters
