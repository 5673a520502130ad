// Runs a fuzz target without libFuzzer: every seed of the corpus folder, then seeded mutations of
// them, so that each
// ./check meets the same hostile inputs. Usage: TARGET [CORPUS_DIR] [MUTATIONS]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <span>
#include <vector>

void Fuzz(std::span<const std::byte> input);  // NOLINT: each target defines it

namespace {

std::vector<std::byte> ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::vector<char> chars{std::istreambuf_iterator<char>(in), {}};
  const auto bytes = std::as_bytes(std::span(chars));
  return {bytes.begin(), bytes.end()};
}

void Mutate(std::vector<std::byte>& bytes, std::mt19937_64& random) {
  const auto below = [&](std::size_t n) {
    return n == 0 ? 0 : static_cast<std::size_t>(random() % n);
  };
  for (std::size_t edits = 1 + below(4); edits-- > 0;) {
    const std::size_t at = below(bytes.size());
    switch (below(5)) {
      case 0:
        if (!bytes.empty()) bytes[at] = static_cast<std::byte>(random());
        break;
      case 1:
        if (!bytes.empty()) bytes[at] ^= static_cast<std::byte>(1U << below(8));
        break;
      case 2:
        bytes.resize(at);
        break;
      case 3:
        bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), below(9),
                     static_cast<std::byte>(random()));
        break;
      default:
        if (!bytes.empty()) bytes[at] = below(2) ? std::byte{0xff} : std::byte{0};
        break;
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::vector<std::byte>> seeds{{}};
  if (argc > 1 && std::filesystem::is_directory(argv[1])) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1]))
      if (entry.is_regular_file()) paths.push_back(entry.path());
    std::ranges::sort(paths);  // the folder's own order differs between machines
    for (const auto& path : paths) seeds.push_back(ReadFile(path));
  }
  const int mutations = argc > 2 ? std::atoi(argv[2]) : 20'000;
  for (const auto& seed : seeds) Fuzz(seed);
  std::mt19937_64 random(20'261'124);
  for (int i = 0; i < mutations; ++i) {
    std::vector<std::byte> input = seeds[random() % seeds.size()];
    Mutate(input, random);
    Fuzz(input);
  }
  std::printf("%zu seeds and %d mutations replayed\n", seeds.size(), mutations);
}
