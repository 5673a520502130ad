// The bytes of a journal: they are only ever added to, and what was added is on the disk before
// anything else happens. What stands in them is repair/record.h's matter.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace bk::ports {

// While an object of this kind lives, no other process has one: whoever opens it second gets
// kRefused, with the sentence. It goes when it dies, however that comes about (kill -9 too).
class Journal {
 public:
  virtual ~Journal() = default;
  // Everything, from the first byte on; a journal that was never written is empty. Error
  // kNotReadable, kTooLarge.
  virtual Result<std::string> Read() = 0;
  // Returns when the bytes are durable. On an error nothing may be believed of them: some, all or
  // none may be there; the next Append begins on a line of its own all the same.
  virtual Status Append(std::string_view bytes) = 0;
};

}  // namespace bk::ports
