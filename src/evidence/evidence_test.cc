#include "evidence/evidence.h"

#include <gtest/gtest.h>

namespace bk::evidence {
namespace {

TEST(Loss, SameKindPlaceAndTextAreCountedTogether) {
  std::vector<Loss> losses;
  AddLoss(losses, {LossKind::kCorrupt, {.file = "a", .packet = 7}, 1, "bad length"});
  AddLoss(losses, {LossKind::kCorrupt, {.file = "a", .packet = 9}, 2, "bad length"});
  AddLoss(losses, {LossKind::kCorrupt, {.file = "b"}, 1, "bad length"});
  ASSERT_EQ(losses.size(), 2u);
  EXPECT_EQ(losses[0].count, 3u);
  EXPECT_EQ(losses[0].where.packet, 7u) << "the first place stays";
}

TEST(Likeness, ANeckbandAHeadbandAndAScaleWereTakenForBands) {
  EXPECT_EQ(LikenessFromName("Neckband Pro"), 0);
  EXPECT_EQ(LikenessFromName("SLEEP-HEADBAND-V2"), 0);
  EXPECT_EQ(LikenessFromName("MI_SCALE"), 0);
  EXPECT_EQ(LikenessFromName("MI SCALE2"), 0);
  EXPECT_EQ(LikenessFromName("e_Watch"), 1);
  EXPECT_EQ(LikenessFromName("Redmi Smart Band"), 1);
}

TEST(Likeness, NamesOfRealDevices) {
  EXPECT_EQ(LikenessFromName("Mi Smart Band 4"), 3);
  EXPECT_EQ(LikenessFromName("Mi Band 3"), 2);
  EXPECT_EQ(LikenessFromName("Galaxy Watch4"), 1);
  EXPECT_EQ(LikenessFromName("JBL Flip"), 0);
  EXPECT_EQ(LikenessFromName(""), 0);
  EXPECT_EQ(LikenessFromName("Xiaomi Band 9 Active 1234"), 2);
  EXPECT_EQ(LikenessFromName("Mi Smart Band 4C"), 2);
}

TEST(Append, KeepsThePhoneThatHasAModel) {
  Evidence into, from;
  into.phone = Phone{.maker = "Xiaomi"};
  from.phone = Phone{.maker = "Xiaomi", .model = "Redmi"};
  Append(into, std::move(from));
  EXPECT_EQ(into.phone->model, "Redmi");
}

}  // namespace
}  // namespace bk::evidence
