#include "codec/miband/auth.h"

#include <gtest/gtest.h>

#include "codec/miband/bind.h"
#include "codec/miband/chunked.h"
#include "codec/miband/test_bytes.h"

namespace bk::codec::miband {
namespace {

TEST(Auth, ChallengeAndProofOfTheReferenceSession) {
  const auto ask = Hex("82 00 02 01 00");
  const auto request = DecodeAuthRequest(ask);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->op, AuthOp::kRandom);
  EXPECT_TRUE(request->crypt);
  EXPECT_EQ(Encode(*request), ask);

  const auto challenge = Hex("10 82 01 00112233445566778899AABBCCDDEEFF");
  const auto reply = DecodeAuthReply(challenge);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->op, AuthOp::kRandom);
  EXPECT_EQ(reply->payload.size(), 16U);
  EXPECT_EQ(Encode(*reply), challenge);

  const auto proof = Hex("83 00 DE7E91927DFBDBD4496EE3AC272E88A4");
  EXPECT_EQ(DecodeAuthRequest(proof)->op, AuthOp::kProof);
  EXPECT_EQ(Encode(*DecodeAuthRequest(proof)), proof);
}

TEST(Auth, VersionOneOpcodesHaveNoCryptBit) {
  const auto reply = DecodeAuthReply(Hex("10 03 08"));
  ASSERT_TRUE(reply);
  EXPECT_FALSE(reply->crypt);
  EXPECT_EQ(reply->op, AuthOp::kProof);
  EXPECT_EQ(reply->status, static_cast<std::uint8_t>(AuthStatus::kWrongKey));
}

TEST(Auth, OnlySixteenBytesAreAKey) {
  EXPECT_TRUE(DecodeAuthRequest(Hex("01 08 30313233343536373839404142434445"))->SendsKey());
  EXPECT_FALSE(DecodeAuthRequest(Hex("01 00"))->SendsKey());
}

TEST(Auth, EveryRefusalHasAMeaning) {
  for (const AuthOp op : {AuthOp::kPair, AuthOp::kRandom, AuthOp::kProof, AuthOp::kUnbind})
    for (unsigned status = 0; status < 256; ++status)
      EXPECT_FALSE(AuthStatusMeaning(op, static_cast<std::uint8_t>(status)).empty());
  EXPECT_EQ(AuthStatusMeaning(AuthOp::kProof, 0x08), "the band holds another key than this phone");
}

TEST(Auth, UnbindAsTheOfficialAppSendsIt) {
  const auto unbind = Hex("06 00 00112233445566778899aabbccddeeff");
  EXPECT_EQ(DecodeAuthRequest(unbind)->op, AuthOp::kUnbind);
  EXPECT_EQ(DecodeAuthReply(Hex("10 06 01"))->op, AuthOp::kUnbind);
}

TEST(Auth, RefusesOtherBytes) {
  EXPECT_FALSE(DecodeAuthRequest(Hex("07 00")));
  EXPECT_FALSE(DecodeAuthReply(Hex("11 83 01")));
  EXPECT_FALSE(DecodeAuthReply(Hex("10 85 01")));
}

TEST(Bind, SignatureIsSplitAsThePublishedVectorSays) {
  std::vector<std::byte> signature(kSignatureBytes, std::byte{0x5a});
  const ByteVector message = Encode(BindSignature{signature});
  ASSERT_EQ(message.size(), 70U);
  const auto chunks = SplitIntoChunks(ChunkType::kBindSignature, message, 23);
  ASSERT_EQ(chunks.size(), 5U);
  const char* headers[] = {"00 04 00", "00 44 01", "00 44 02", "00 44 03", "00 84 04"};
  const std::size_t sizes[] = {20, 20, 20, 20, 5};
  ChunkJoiner joiner;
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(chunks[i].size(), sizes[i]);
    EXPECT_EQ(ByteVector(chunks[i].begin(), chunks[i].begin() + 3), Hex(headers[i]));
    const auto joined = joiner.Add(*DecodeChunk(chunks[i]));
    EXPECT_EQ(joined.has_value(), i == 4);
    if (joined) {
      EXPECT_EQ(*joined, message);
      EXPECT_TRUE(DecodeBindSignature(*joined));
    }
  }
  EXPECT_EQ(joiner.broken(), 0U);
}

TEST(Chunked, AcknowledgementsOfTheBand) {
  for (const char* text :
       {"10 00 C1 01 01 00 00", "10 00 84 01 01 00 00", "10 00 C3 01 01 00 00"}) {
    const auto bytes = Hex(text);
    ASSERT_TRUE(DecodeChunkAck(bytes)) << text;
    EXPECT_EQ(Encode(*DecodeChunkAck(bytes)), bytes);
  }
}

TEST(Chunked, AChunkOutOfOrderDropsTheMessage) {
  const ByteVector message(100, std::byte{1});
  const auto chunks = SplitIntoChunks(ChunkType::kWeather, message, 23);
  ChunkJoiner joiner;
  EXPECT_FALSE(joiner.Add(*DecodeChunk(chunks[0])));
  EXPECT_FALSE(joiner.Add(*DecodeChunk(chunks[2])));
  EXPECT_FALSE(joiner.Add(*DecodeChunk(chunks.back())));
  EXPECT_GE(joiner.broken(), 1U);
}

TEST(Chunked, TooLongForItsCounterIsNotSplit) {
  EXPECT_TRUE(SplitIntoChunks(ChunkType::kMusic, ByteVector(256 * 17 + 1), 23).empty());
  EXPECT_EQ(SplitIntoChunks(ChunkType::kMusic, ByteVector(256 * 17), 23).size(), 256U);
  EXPECT_EQ(SplitIntoChunks(ChunkType::kMusic, {}, 23).size(), 1U);
}

}  // namespace
}  // namespace bk::codec::miband
