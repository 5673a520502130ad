// Small texts that outlive the program, by name. Only their owner can read them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bk::ports {

class Store {
 public:
  struct Kept {
    std::string text;
    std::int64_t age_seconds = 0;  // since it was saved; never negative
  };
  virtual ~Store() = default;
  // nullopt when nothing of that name is kept.
  virtual Result<std::optional<Kept>> Load(const std::string& name) = 0;
  // Whole or not at all: a cut leaves the old text or the new one.
  virtual Status Save(const std::string& name, std::string_view text) = 0;
  virtual Status Remove(const std::string& name) = 0;  // what is not there is removed already
};

}  // namespace bk::ports
