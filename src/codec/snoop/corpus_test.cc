// Real captures against what another reader counted in them (tshark). They are no part of the
// project: without them this test is skipped.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/corpus_testing.h"
#include "codec/snoop/testing.h"

namespace bk::codec::snoop {
namespace {

std::vector<std::byte> ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::vector<char> chars{std::istreambuf_iterator<char>(in), {}};
  const auto bytes = std::as_bytes(std::span(chars));
  return {bytes.begin(), bytes.end()};
}

TEST(Corpus, AgreesWithTsharkAndWithTheReference) {
  std::ifstream list(corpus::Folder() / "captures_tshark.jsonl");
  if (!list) {
    std::printf("skipped: no corpus\n");
    GTEST_SKIP();
  }
  std::string line;
  int read = 0;
  while (std::getline(list, line)) {
    const auto expected = nlohmann::json::parse(line);
    const auto path = corpus::Folder() / expected.at("file").get<std::string>();
    SCOPED_TRACE(path.filename().string());
    const auto file = ReadFile(path);
    ASSERT_FALSE(file.empty());
    const Reading reading = Read(file);
    const ReferenceReading reference = ReadPlainly(file);
    ASSERT_LE(reference.packets.size(), reading.sink.packets.size());
    EXPECT_TRUE(std::equal(reference.packets.begin(), reference.packets.end(),
                           reading.sink.packets.begin()));
    ++read;
    if (reading.error) {
      // tshark reads radio sniffers too; to us they are refused, in words.
      EXPECT_EQ(reading.error->code, ErrorCode::kNotSupported) << reading.error->message;
      EXPECT_NE(reading.error->message.find("from the air"), std::string::npos);
      continue;
    }
    const auto packets = expected.at("packets").get<std::uint64_t>();
    if (reading.format.encapsulation == Encapsulation::kBtsnooz) {
      // tshark sees no record in it.
      EXPECT_EQ(packets, 0U);
      EXPECT_GT(reading.count, 1000U);
      continue;
    }
    EXPECT_EQ(reading.count, packets);
    // Wireshark divides stamps before 1970 as if they had no sign, and shows 1833 for 1969.
    if (const auto& t0 = expected.at("t0"); t0.is_number() && reading.first.us >= 0) {
      // A double keeps a quarter of a microsecond at today's dates.
      EXPECT_NEAR(static_cast<double>(reading.first.us) / 1e6, t0.get<double>(), 2e-6);
    }
    for (const std::size_t chunk : {333U, 65'536U})
      EXPECT_TRUE(Read(file, chunk).All() == reading.All()) << "chunks of " << chunk;
  }
  EXPECT_GT(read, 0);
}

}  // namespace
}  // namespace bk::codec::snoop
