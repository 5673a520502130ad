// Files and archives for the readers. Content decides what a file is, never its name.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace bk::ports {

// Bytes in order, once.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // The next bytes, valid until the next call; empty at the end. Damage in a compressed stream ends
  // it with an Error after everything readable was given.
  virtual Result<Bytes> Next() = 0;
};

// A whole file or member in memory or mapped.
class Blob {
 public:
  virtual ~Blob() = default;
  [[nodiscard]] virtual Bytes bytes() const = 0;
  // Empty, or why the bytes are not all of it ("cut after 1,204 of 5,000 bytes").
  [[nodiscard]] virtual std::string damage() const { return {}; }
};

class Archive {
 public:
  virtual ~Archive() = default;
  struct Member {
    std::string name;        // as stored; may hold any bytes
    std::uint64_t size = 0;  // uncompressed, as the directory claims
  };
  [[nodiscard]] virtual const std::vector<Member>& members() const = 0;
  // Empty, or what of the archive itself is damaged ("no central directory: 3 members recovered").
  [[nodiscard]] virtual std::string damage() const { return {}; }
  virtual Result<std::unique_ptr<Blob>> Read(std::size_t index) = 0;
};

class Files {
 public:
  virtual ~Files() = default;
  // "-" is standard input. Directories and missing files give an Error with the sentence for the
  // person.
  virtual Result<std::unique_ptr<ByteStream>> OpenStream(const std::string& path) = 0;
  virtual Result<std::unique_ptr<Blob>> OpenWhole(const std::string& path) = 0;
  // A zip (also with a damaged or missing directory) or gzip (one member) held in `bytes`, which
  // must outlive the archive.
  virtual Result<std::unique_ptr<Archive>> OpenArchive(Bytes bytes) = 0;
};

}  // namespace bk::ports
