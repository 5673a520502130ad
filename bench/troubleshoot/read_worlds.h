// bench/troubleshoot/worlds.toml.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "troubleshoot/population/world.h"

namespace bk::bench {

struct WorldKind {
  troubleshoot::World world;
  int draws = 1;  // worlds of this kind: the same, with seeds 1 to `draws`
};

Result<std::vector<WorldKind>> ReadWorlds(const std::filesystem::path& file);

}  // namespace bk::bench
