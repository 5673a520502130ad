#include <cstddef>
#include <cstdint>
#include <span>

void Fuzz(std::span<const std::byte> input);  // NOLINT: each target defines it

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Fuzz(std::as_bytes(std::span(data, size)));
  return 0;
}
