#include "simulate/adbd/host_key.h"

#include <gtest/gtest.h>

#include "simulate/adbd/host_testing.h"

namespace bk::simulate::adbd {
namespace {

using testing::OneKey;
using testing::OtherKey;

TEST(HostKey, KnowsItsOwnSignature) {
  const auto key = HostKey::Parse(OneKey().PublicText());
  ASSERT_TRUE(key);
  EXPECT_EQ(key->owner(), "me@here");
  const std::string token = "01234567890123456789";
  const auto signature = OneKey().Sign(AsBytes(token));
  EXPECT_TRUE(key->Signed(AsBytes(token), signature));
  EXPECT_FALSE(key->Signed(AsBytes("01234567890123456788"), signature));
  EXPECT_FALSE(key->Signed(AsBytes(token), OtherKey().Sign(AsBytes(token))));
  EXPECT_FALSE(key->Signed(AsBytes(token), Bytes(signature).first(255)));
  EXPECT_FALSE(key->Signed(AsBytes(token), {}));
}

TEST(HostKey, NothingElseIsAKey) {
  const std::string text = OneKey().PublicText();
  EXPECT_TRUE(HostKey::Parse(text.substr(0, 700)));  // without a name and the NUL
  for (std::size_t length = 0; length < 700; ++length)
    EXPECT_FALSE(HostKey::Parse(text.substr(0, length))) << length;
  EXPECT_FALSE(HostKey::Parse(std::string(700, 'A')));  // all zero
  EXPECT_FALSE(HostKey::Parse(std::string(700, '/')));
  EXPECT_FALSE(HostKey::Parse(std::string(700, '!')));  // no base64
  std::string even = text;
  even.replace(8, 8, "AAAAAAAA");  // the low bytes of the modulus
  EXPECT_FALSE(HostKey::Parse(even));
}

}  // namespace
}  // namespace bk::simulate::adbd
