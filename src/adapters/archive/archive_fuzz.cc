#include <span>

#include "adapters/archive/archive.h"
#include "base/result.h"

// Archives in archives too: what comes out of one may be given in again.
static void ReadAll(bk::Bytes input, int depth) {
  const auto archive = bk::adapters::OpenArchive(input);
  if (!archive) return;
  BK_CHECK(bk::adapters::LooksLikeArchive(input));
  for (std::size_t i = 0; i < (*archive)->members().size(); ++i) {
    const auto blob = (*archive)->Read(i);
    if (!blob) continue;
    if (depth > 0) ReadAll((*blob)->bytes(), depth - 1);
  }
}

void Fuzz(std::span<const std::byte> input) { ReadAll(input, 1); }
