// The pure parts: who may ask, what a target and a body may be, the table and its page.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "app/desk/desk.h"
#include "server/assets.h"
#include "server/guard.h"
#include "server/json_body.h"
#include "server/limits.h"
#include "server/routes.h"
#include "server/target.h"

namespace bk::server {
namespace {

const std::string kToken(64, 'a');
const std::string kBearer = "Bearer " + kToken;

TEST(Guard, OwnPageMayAsk) {
  EXPECT_EQ(Check({.host = {"127.0.0.1:80"}, .authorization = {kBearer}}, 80, kToken, false),
            std::nullopt);
  EXPECT_EQ(Check({.host = {"LOCALHOST:80"},
                   .origin = {"http://localhost:80"},
                   .fetch_site = {"same-origin"},
                   .authorization = {"bearer " + kToken}},
                  80, kToken, false),
            std::nullopt);
}

TEST(Guard, AnotherNameForUsIsRefusedForFilesToo) {
  for (const char* host : {"evil.example:80", "127.0.0.1", "127.0.0.1:81", "localhost.:80",
                           "127.0.0.1:80.evil.example", "127.0.0.1:80@x", "[::1]:80", "", "0:80"})
    for (const bool file : {true, false})
      EXPECT_EQ(Check({.host = {host}, .authorization = {kBearer}}, 80, kToken, file),
                Refusal::kForbidden)
          << host;
  EXPECT_EQ(Check({.authorization = {kBearer}}, 80, kToken, true), Refusal::kDamaged);
  EXPECT_EQ(Check({.host = {"127.0.0.1:80", "evil:80"}}, 80, kToken, true), Refusal::kDamaged);
}

TEST(Guard, AnotherSiteIsRefusedWhateverItBrings) {
  for (const char* origin : {"http://evil.example", "null", "https://127.0.0.1:80",
                             "http://127.0.0.1:81", "http://localhost:80", ""})
    EXPECT_EQ(Check({.host = {"127.0.0.1:80"}, .origin = {origin}, .authorization = {kBearer}}, 80,
                    kToken, false),
              Refusal::kForbidden)
        << origin;
  for (const char* site : {"cross-site", "same-site", "CROSS-SITE", ""})
    EXPECT_EQ(Check({.host = {"127.0.0.1:80"}, .fetch_site = {site}, .authorization = {kBearer}},
                    80, kToken, false),
              Refusal::kForbidden)
        << site;
  // A link to the page from elsewhere opens it; it says nothing without the token.
  EXPECT_EQ(Check({.host = {"127.0.0.1:80"}, .fetch_site = {"cross-site"}}, 80, kToken, true),
            std::nullopt);
}

TEST(Guard, WithoutTheTokenNothingIsTold) {
  for (const std::string& shown :
       {std::string(), std::string("Bearer"), std::string("Bearer "), "Basic " + kToken,
        "Bearer " + kToken.substr(1), kBearer + "a", "Bearer " + std::string(63, 'a') + "b", kToken,
        "Bearer " + std::string(64, 'A')})
    EXPECT_EQ(Check({.host = {"127.0.0.1:80"}, .authorization = {shown}}, 80, kToken, false),
              Refusal::kNoToken)
        << shown;
  EXPECT_EQ(Check({.host = {"127.0.0.1:80"}}, 80, kToken, false), Refusal::kNoToken);
  EXPECT_EQ(Check({.host = {"127.0.0.1:80"}, .authorization = {"Bearer "}}, 80, "", false),
            Refusal::kNoToken)
      << "an empty token opens nothing";
  EXPECT_EQ(
      Check({.host = {"127.0.0.1:80"}, .authorization = {kBearer, kBearer}}, 80, kToken, false),
      Refusal::kDamaged);
}

TEST(Target, IsTakenApart) {
  const auto target = ParseTarget("/api/1/files?name=a%20b%2Fc.zip&x=1&name=second&=&y");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/api/1/files");
  EXPECT_EQ(target->query.at("name"), "a b/c.zip");
  EXPECT_EQ(target->query.at("y"), "");
}

TEST(Target, WhatIsNoneIsRefused) {
  for (const std::string& text :
       {std::string(), std::string("*"), std::string("http://127.0.0.1/"), std::string("/a b"),
        std::string("/a\x01"), std::string("/\xc3\xa4"), std::string("/?a=%"),
        std::string("/?a=%4"), std::string("/?a=%zz"), std::string("/#x"),
        "/" + std::string(kTargetBytesMax, 'a')})
    EXPECT_FALSE(ParseTarget(text)) << text;
  std::string many = "/?";
  for (std::size_t i = 0; i <= kQueryFieldsMax; ++i) many += "a=1&";
  EXPECT_FALSE(ParseTarget(many));
}

TEST(JsonBody, IsASmallObject) {
  EXPECT_EQ(ParseOrder("")->dump(), "{}");
  EXPECT_EQ(ParseOrder(R"({"a": "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["})")->size(), 1U);
  for (const std::string& text :
       {std::string("[]"), std::string("1"), std::string("{"), std::string("{}x"),
        std::string("\xff"),
        "{\"a\":" + std::string(kJsonDepthMax, '[') + std::string(kJsonDepthMax, ']') + "}"})
    EXPECT_FALSE(ParseOrder(text)) << text;
  EXPECT_TRUE(IsJsonType("application/json"));
  EXPECT_TRUE(IsJsonType("Application/JSON; charset=utf-8"));
  for (const char* type : {"", "text/plain", "application/jsonx",
                           "application/x-www-form-urlencoded", "text/plain; application/json"})
    EXPECT_FALSE(IsJsonType(type)) << type;
}

TEST(Routes, MatchExactly) {
  EXPECT_EQ(Match("GET", "/api/1/state").route->kind, RouteKind::kGet);
  EXPECT_EQ(Match("DELETE", "/api/1/files/f12").id, "f12");
  for (const char* path : {"/api/1/files/", "/api/1/files/../f1", "/api/1/files/f1/x", "/api/1/",
                           "/api/1", "/api/2/state", "/api/1/STATE", "/api/1//state"})
    EXPECT_EQ(Match("DELETE", path).route, nullptr) << path;
  EXPECT_EQ(Match("PUT", "/api/1/files").allow, "POST");
  EXPECT_EQ(Match("OPTIONS", "/api/1/state").allow, "GET");
  EXPECT_EQ(Match("GET", "/api/1/nothing").allow, "");
}

TEST(Routes, ThePageOfTheContractShowsTheSameTable) {
  std::ifstream page("docs/page-api.md");
  const std::string text((std::istreambuf_iterator<char>(page)), std::istreambuf_iterator<char>());
  ASSERT_FALSE(text.empty());
  std::size_t rows = 0;
  for (const Route& route : Routes()) {
    const std::string row = "| " + std::string(route.method) + " | " + std::string(kApi) +
                            std::string(route.path) + " |";
    EXPECT_NE(text.find(row), std::string::npos) << row;
  }
  for (std::size_t at = 0; (at = text.find(" | /api/1/", at)) != std::string::npos; ++at) ++rows;
  EXPECT_EQ(rows, Routes().size()) << "a row that the server does not know";
}

TEST(Routes, EveryOrderOfTheDeskHasOne) {
  std::multiset<std::string_view> orders, gets, routed_orders, routed_gets;
  for (const std::string_view one : app::Desk::Orders()) orders.insert(one);
  for (const std::string_view one : app::Desk::Gets()) gets.insert(one);
  for (const Route& route : Routes()) {
    if (route.kind == RouteKind::kPost) routed_orders.insert(route.path);
    if (route.kind == RouteKind::kGet) routed_gets.insert(route.path);
  }
  EXPECT_EQ(orders, routed_orders);
  EXPECT_EQ(gets, routed_gets);
}

TEST(Assets, TheBeginningForALanguageAndATheme) {
  const Asset assets[] = {{.path = "/"},
                          {.path = "/index.de.html"},
                          {.path = "/index.en.light.html"},
                          {.path = "/index.../etc.html"}};
  const auto path = [&](std::string_view language, std::string_view theme) {
    return FindFirst(assets, language, theme)->path;
  };
  EXPECT_EQ(path("en", ""), "/");
  EXPECT_EQ(path("en", "light"), "/index.en.light.html");
  EXPECT_EQ(path("de", "system"), "/index.de.html");
  EXPECT_EQ(path("de", "dark"), "/") << "there is none";
  EXPECT_EQ(path("de", "html"), "/index.de.html") << "no theme";
  EXPECT_EQ(path("xx", ""), "/");
  EXPECT_EQ(FindFirst({}, "en", ""), nullptr);
}

TEST(Assets, TheBestFormThatIsTaken) {
  const Asset asset{.path = "/", .plain = "a", .gzip = "g", .brotli = "b"};
  EXPECT_EQ(BestForm(asset, "gzip, deflate, br, zstd"), "br");
  EXPECT_EQ(BestForm(asset, "gzip;q=0.5, br;q=0"), "gzip");
  EXPECT_EQ(BestForm(asset, "br;q=0.0,gzip;q=0"), "");
  EXPECT_EQ(BestForm(asset, ""), "");
  EXPECT_EQ(BestForm({.plain = "a"}, "br, gzip"), "");
}

}  // namespace
}  // namespace bk::server
