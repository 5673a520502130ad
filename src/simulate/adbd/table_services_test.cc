#include "simulate/adbd/table_services.h"

#include <gtest/gtest.h>

namespace bk::simulate::adbd {
namespace {

RunningCommand::Piece Ask(TableServices& table, std::string_view line) {
  return table.Run(line, Time(0))->Next(Time(0), 1 << 20);
}

TEST(TableServices, PartsOfALineAreLookedUpOneByOne) {
  TableServices table;
  table.Add("getprop", {.out = "[a]: [b]\n"});
  table.Add("settings get global x", {.err = "no\n", .exit = 5});
  table.Add("a; b", {.out = "one line\n"});
  EXPECT_EQ(Ask(table, " getprop ").out, "[a]: [b]\n");
  EXPECT_EQ(Ask(table, "a; b").out, "one line\n");
  const auto both = Ask(table, "getprop; settings get global x 2>&1; echo \"exit $?\"");
  EXPECT_EQ(both.out, "[a]: [b]\nno\nexit 5\n");
  EXPECT_EQ(both.exit, 0);
  EXPECT_EQ(Ask(table, "settings get global x 2>/dev/null").err, "");
  EXPECT_EQ(Ask(table, "echo 'a; b'").out, "a; b\n");
  const auto unknown = Ask(table, "getprop; nonesuch -v");
  EXPECT_EQ(unknown.out, "[a]: [b]\n");
  EXPECT_EQ(unknown.err, "/system/bin/sh: nonesuch: inaccessible or not found\n");
  EXPECT_EQ(unknown.exit, 127);
}

TEST(TableServices, WhatItHasNotMayBeMade) {
  TableServices table;
  table.Add("made", {.out = "table\n"});
  table.set_otherwise([](std::string_view command) -> std::optional<Answer> {
    if (!command.starts_with("made")) return std::nullopt;
    return Answer{.out = std::string(command) + " up\n"};
  });
  EXPECT_EQ(Ask(table, "made").out, "table\n");
  EXPECT_EQ(Ask(table, "made 2").out, "made 2 up\n");
  EXPECT_EQ(Ask(table, "unmade").exit, 127);
}

TEST(TableServices, ALongAnswerComesInPieces) {
  TableServices table;
  table.Add("x", {.out = "abcdef", .err = "gh", .exit = 1, .delay = std::chrono::seconds(2)});
  const auto command = table.Run("x", std::chrono::seconds(1));
  EXPECT_EQ(command->Next(std::chrono::seconds(2), 4).wake, Time(std::chrono::seconds(3)));
  auto piece = command->Next(std::chrono::seconds(3), 4);
  EXPECT_EQ(piece.out, "abcd");
  EXPECT_FALSE(piece.exit);
  piece = command->Next(std::chrono::seconds(3), 4);
  EXPECT_EQ(piece.out + "|" + piece.err, "ef|gh");
  EXPECT_EQ(piece.exit, 1);
}

}  // namespace
}  // namespace bk::simulate::adbd
