// From an author's struct to a Process that works on blocks of points.
//
// The author declares (see docs/processes.md, "Adding a process"; nitrification.cpp is a complete example)
//   static constexpr const char *id, *name_zh, *name_en, *equation, *source;
//   enum Roles {...};         static constexpr Role roles[];
//   enum Parameters {...};    static constexpr Parameter parameters[];
//   enum Rows {...};          static constexpr ProcessRow rows[];
//                             static constexpr Term terms[];
//   static std::array<double, number of rows> rates(const Point<Author>& x);        in 1/s times the
//   concentration's unit
// and, if it reads the surroundings,
//   static constexpr Env environment[];
//   enum Coefficients {...};  static constexpr const char* coefficient_names[];
//   static std::array<double, number of coefficients> coefficients(const Point<Author>& x);   once per water
//   step
// If it reads values of other processes, or provides some (light_extinction.cpp does):
//   enum Readings {...};      static constexpr Reading readings[];
//   enum Provides {...};      static constexpr Provided provides[];    rates() returns them behind the rows
// A process that only provides has `static constexpr std::array<ProcessRow, 0> rows{};`, and terms likewise.
// where x[symbol] is the value of that role's concentration, parameter, coefficient or Env at one point. The
// functions should be branch-free (c ? a : b is fine) and use model/elementary.hpp, so that their loop
// vectorises.
#pragma once

#include <array>
#include <cstddef>
#include <iterator>
#include <type_traits>

#include "model/process.hpp"

namespace limpid {

template <class Author>
concept HasCoefficients = requires {
  Author::coefficient_names;
};

template <class Author>
concept HasReadings = requires {
  Author::readings;
};

template <class Author>
concept HasProvides = requires {
  Author::provides;
};

template <class Author>
constexpr std::size_t reading_count() {
  if constexpr (HasReadings<Author>) return std::size(Author::readings);
  return 0;
}

template <class Author>
constexpr std::size_t provided_count() {
  if constexpr (HasProvides<Author>) return std::size(Author::provides);
  return 0;
}

template <class Author>
constexpr std::size_t coefficient_count() {
  if constexpr (HasCoefficients<Author>) return std::size(Author::coefficient_names);
  return 0;
}

// What one point gives to the author's functions. environment is there for coefficients(), concentration and
// coefficient for rates().
template <class Author>
struct Point {
  std::array<double, std::size(Author::roles)> concentration;
  std::array<double, std::size(Author::parameters)> parameter;
  std::array<double, coefficient_count<Author>()> coefficient;
  std::array<double, reading_count<Author>()> reading;
  std::array<double, kEnvCount> environment;

  template <class Symbol>
  double operator[](Symbol symbol) const {
    const auto index = static_cast<std::size_t>(symbol);
    if constexpr (std::is_same_v<Symbol, typename Author::Roles>)
      return concentration[index];
    else if constexpr (std::is_same_v<Symbol, typename Author::Parameters>)
      return parameter[index];
    else if constexpr (std::is_same_v<Symbol, Env>)
      return environment[index];
    else if constexpr (is_reading<Symbol>())
      return reading[index];
    else {
      static_assert(std::is_same_v<Symbol, typename Author::Coefficients>);
      return coefficient[index];
    }
  }

 private:
  template <class Symbol>
  static constexpr bool is_reading() {
    if constexpr (HasReadings<Author>) return std::is_same_v<Symbol, typename Author::Readings>;
    return false;
  }
};

template <class Author>
class ProcessAdapter final : public Process {
 public:
  const ProcessInfo& info() const override { return kInfo; }

  // What is written never overlaps what is read (ivdep), so that the loops over points vectorise without room
  // between; inner loops would keep them from it and are unrolled.
  void coefficients(const double* const* environment, const double* const* parameters,
                    double* const* coefficients) const override {
    if constexpr (HasCoefficients<Author>) {
#pragma GCC ivdep
      for (int w = 0; w < kBlock; ++w) {
        Point<Author> x;
        for (std::size_t e = 0; e < std::size(Author::environment); ++e)
          x.environment[static_cast<std::size_t>(Author::environment[e])] = environment[e][w];
#pragma GCC unroll 64
        for (std::size_t p = 0; p < x.parameter.size(); ++p) x.parameter[p] = parameters[p][w];
        const auto value = Author::coefficients(x);
#pragma GCC unroll 64
        for (std::size_t k = 0; k < kCoefficients; ++k) coefficients[k][w] = value[k];
      }
    }
  }

  void rates(const double* const* concentration, const double* const* parameters,
             const double* const* coefficients, double* const* rate) const override {
#pragma GCC ivdep
    for (int w = 0; w < kBlock; ++w) {
      Point<Author> x;
#pragma GCC unroll 64
      for (std::size_t i = 0; i < x.concentration.size(); ++i) x.concentration[i] = concentration[i][w];
#pragma GCC unroll 64
      for (std::size_t p = 0; p < x.parameter.size(); ++p) x.parameter[p] = parameters[p][w];
#pragma GCC unroll 64
      for (std::size_t k = 0; k < x.reading.size(); ++k)
        x.reading[k] = concentration[x.concentration.size() + k][w];
#pragma GCC unroll 64
      for (std::size_t k = 0; k < kCoefficients; ++k) x.coefficient[k] = coefficients[k][w];
      const auto value = Author::rates(x);
#pragma GCC unroll 64
      for (std::size_t j = 0; j < kRows; ++j) rate[j][w] = value[j];
    }
  }

 private:
  static constexpr std::size_t kRows = std::size(Author::rows) + provided_count<Author>(),
                               kCoefficients = coefficient_count<Author>();

  static constexpr ProcessInfo make_info() {
    ProcessInfo info{Author::id,
                     Author::name_zh,
                     Author::name_en,
                     Author::equation,
                     Author::source,
                     Author::roles,
                     Author::parameters,
                     Author::rows,
                     Author::terms,
                     {},
                     {}};
    if constexpr (HasCoefficients<Author>) {
      info.environment = Author::environment;
      info.coefficients = Author::coefficient_names;
    }
    if constexpr (HasReadings<Author>) info.readings = Author::readings;
    if constexpr (HasProvides<Author>) info.provides = Author::provides;
    return info;
  }
  static constexpr ProcessInfo kInfo = make_info();
};

template <class Author>
bool register_author() {
  static const ProcessAdapter<Author> process;
  register_process(&process);
  return true;
}

}  // namespace limpid

// Registers the process before main(); once, in the author's own file.
#define LIMPID_PROCESS(Author) [[maybe_unused]] const bool kRegistered##Author = register_author<Author>()
