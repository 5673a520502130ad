// What the use cases need of the world, joined by main. Nothing here is owned.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ports/files.h"
#include "ports/scan.h"
#include "ports/unpack.h"
#include "troubleshoot/knowledge/knowledge.h"

namespace bk::app {

struct World {
  ports::Files* files = nullptr;
  ports::Unpack* unpack = nullptr;
  const ports::PatternCompiler* patterns = nullptr;
  const troubleshoot::Knowledge* embedded_knowledge = nullptr;
  // A folder of TOML; kInvalid lists every mistake, one a line.
  std::function<Result<troubleshoot::Knowledge>(const std::string& folder)> load_knowledge;
  // A whole small text file, - for standard input; at most `bytes_max`.
  std::function<Result<std::string>(const std::string& path, std::size_t bytes_max)> read_text;
  // Long work says what it is at; empty when nobody watches.
  std::function<void(std::string_view)> progress;
};

}  // namespace bk::app
