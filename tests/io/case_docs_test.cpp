#include "io/case_docs.hpp"

#include <gtest/gtest.h>

#include "io/case_keys.hpp"
#include "tests/io/generated_file.hpp"

namespace limpid {
namespace {

TEST(CaseDocs, AreFresh) {
  EXPECT_TRUE(is_fresh("docs/case.md", case_markdown()));
}

TEST(CaseDocs, EveryKeyIsExplainedInBothLanguages) {
  for (const auto* list : {&case_keys(), &plan_keys(), &columns()})
    for (const Key& key : *list) {
      EXPECT_NE(std::string(key.en), "") << key.table << " " << key.id;
      EXPECT_NE(std::string(key.zh), "") << key.table << " " << key.id;
      EXPECT_FALSE(key.required && *key.preset) << key.table << " " << key.id;
      EXPECT_EQ(key.type == KeyType::choice, *key.choices != 0) << key.table << " " << key.id;
    }
}

TEST(CaseDocs, NoKeyIsDeclaredTwice) {
  for (const auto* list : {&case_keys(), &plan_keys(), &columns()})
    for (const Key& key : *list)
      EXPECT_EQ(&declared(*list, key.table, key.id), &key) << key.table << " " << key.id;
}

}  // namespace
}  // namespace limpid
