// golden_files DIR: writes every golden capture and its truth, NAME.log and NAME.json.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "golden/world.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: golden_files DIR\n");
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  for (const bk::golden::Capture& capture : bk::golden::MakeCaptures()) {
    std::ofstream file(folder / (capture.name + ".log"), std::ios::binary);
    file.write(reinterpret_cast<const char*>(capture.file.data()),
               static_cast<std::streamsize>(capture.file.size()));
    std::ofstream truth(folder / (capture.name + ".json"));
    truth << bk::golden::TruthJson(capture);
    if (!file.flush() || !truth.flush()) {
      std::fprintf(stderr, "golden_files: cannot write to %s\n", argv[1]);
      return 3;
    }
  }
}
