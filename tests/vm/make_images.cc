// Files for the update case: make_images FOLDER writes firmware.bin and resources.bin, as the
// simulated band takes them.
#include <cstdio>
#include <fstream>
#include <string>

#include "simulate/band/image.h"

int main(int argc, char** argv) {
  using bk::codec::miband::UpdateType;
  if (argc != 2) return 2;
  const auto write = [&](const char* name, UpdateType type, std::size_t size) {
    const auto image = bk::simulate::band::MakeImage(type, "1.0.9.99", size);
    std::ofstream file(std::string(argv[1]) + "/" + name, std::ios::binary);
    file.write(reinterpret_cast<const char*>(image.data()),
               static_cast<std::streamsize>(image.size()));
    file.close();
    return bool(file);
  };
  return write("firmware.bin", UpdateType::kFirmware, 20'000) &&
                 write("resources.bin", UpdateType::kResourcesCompressed, 12'000)
             ? 0
             : 1;
}
