# SPDX-License-Identifier: MIT
"""upsell round: a discounted price on both surfaces (CLI-3)."""

from support import Case, ToolTest, add_cases, main, pattern


def shows(name, args, checkout, offer_page):
    lines = [f"{surface} unit {unit} line {line}\n"
             for surface, (unit, line) in (("checkout", checkout), ("offer_page", offer_page))]
    return Case(name, ["round", *args.split()], stdout="".join(lines).encode())


def refuses(name, args, message):
    return Case(name, ["round", *args.split(" ")], status=2,
                stderr=f"upsell round: {message}\nTry 'upsell round --help'.\n".encode())


def of_ten(policy):
    """10 yen less 5 % is 9.5, with the policy on both surfaces."""
    return f"--price 10 --percent 5 --checkout {policy} --offer-page {policy}"


class Round(ToolTest):
    def test_every_policy_of_ten_less_five_percent(self):
        """The table "Rounding the price is not rounding the discount"."""
        table = {
            "price": {"floor": 9, "ceil": 10, "half_up": 10, "half_down": 9, "half_even": 10},
            "discount": {"floor": 10, "ceil": 9, "half_up": 9, "half_down": 10, "half_even": 10},
        }
        for target, modes in table.items():
            for mode, unit in modes.items():
                with self.subTest(target=target, mode=mode):
                    result = self.run_tool(
                        ["round", *of_ten(f"{mode},{target},unit").split()])
                    self.assertEqual(f"checkout unit {unit} line {unit}\n"
                                     f"offer_page unit {unit} line {unit}\n",
                                     result.stdout.decode())

    def test_every_target_and_basis_of_three(self):
        """The table "Line basis": half_up at the checkout, floor on the offer page."""
        table = {
            "price,unit": ((320, 960), (320, 960)),
            "discount,unit": ((320, 960), (321, 963)),
            "price,line": ((320, 961), (320, 961)),
            "discount,line": ((320, 961), (321, 962)),
        }
        for rest, (checkout, page) in table.items():
            with self.subTest(policy=rest):
                result = self.run_tool(
                    ["round", "--price", "356", "--percent", "10", "--quantity", "3",
                     "--checkout", "half_up," + rest, "--offer-page", "floor," + rest])
                self.assertEqual(f"checkout unit {checkout[0]} line {checkout[1]}\n"
                                 f"offer_page unit {page[0]} line {page[1]}\n",
                                 result.stdout.decode())


POLICY = "not a policy MODE,TARGET,BASIS: "
PERCENT = "not a percentage from 0 to 100 with at most 4 decimals: "
QUANTITY = "not a quantity from 1 to 9999: "
CURRENCY = "not a current ISO 4217 code: "
PRICE = "not a price of that currency: "

add_cases(Round, [
    shows("356 less 10 percent", "--price 356 --percent 10", (320, 320), (321, 321)),
    shows("order of options does not matter", "--percent=10 --price=356", (320, 320), (321, 321)),
    shows("three", "--price 356 --percent 10 --quantity 3", (320, 960), (321, 962)),
    shows("dollars", "--price 19.99 --percent 12.5 --quantity 3 --currency USD",
          ("17.49", "52.47"), ("17.50", "52.48")),
    shows("three decimals", "--price 1 --percent 33.3333 --currency KWD",
          ("0.667", "0.667"), ("0.667", "0.667")),
    shows("four decimals", "--price 0.0001 --percent 50 --currency UYW",
          ("0.0001", "0.0001"), ("0.0001", "0.0001")),
    shows("zeros beyond the currency's decimals", "--price 356.00 --percent 10",
          (320, 320), (321, 321)),
    shows("nothing off", "--price 356 --percent 0", (356, 356), (356, 356)),
    shows("all off", "--price 356 --percent 100", (0, 0), (0, 0)),
    shows("free", "--price 0 --percent 10", (0, 0), (0, 0)),
    shows("largest", "--price 100000000000 --percent 0 --quantity 9999",
          (100000000000, 999900000000000), (100000000000, 999900000000000)),
    shows("only the checkout changes", "--price 356 --percent 10 --checkout ceil,price,unit",
          (321, 321), (321, 321)),
    shows("only the offer page changes", "--price 356 --percent 10 --offer-page floor,price,unit",
          (320, 320), (320, 320)),

    refuses("price with decimals in yen", "--price 356.5 --percent 10", PRICE + "356.5"),
    refuses("negative price", "--price -1 --percent 10", PRICE + "-1"),
    refuses("price with separator", "--price 1,000 --percent 10", PRICE + "1,000"),
    refuses("price too large", "--price 100000000001 --percent 10", PRICE + "100000000001"),
    refuses("empty price", "--price= --percent 10", PRICE),
    refuses("price that is no number", "--price ten --percent 10", PRICE + "ten"),
    refuses("percent over 100", "--price 356 --percent 100.0001", PERCENT + "100.0001"),
    refuses("percent with five decimals", "--price 356 --percent 1.00000", PERCENT + "1.00000"),
    refuses("percent with sign", "--price 356 --percent 10%", PERCENT + "10%"),
    refuses("percent without digits", "--price 356 --percent .5", PERCENT + ".5"),
    refuses("quantity zero", "--price 356 --percent 10 --quantity 0", QUANTITY + "0"),
    refuses("quantity too large", "--price 356 --percent 10 --quantity 10000",
            QUANTITY + "10000"),
    refuses("quantity with fraction", "--price 356 --percent 10 --quantity 1.0",
            QUANTITY + "1.0"),
    refuses("quantity with plus", "--price 356 --percent 10 --quantity +1", QUANTITY + "+1"),
    refuses("quantity beyond any integer",
            "--price 356 --percent 10 --quantity 18446744073709551617",
            QUANTITY + "18446744073709551617"),
    refuses("currency in small letters", "--price 356 --percent 10 --currency jpy",
            CURRENCY + "jpy"),
    refuses("currency without minor unit", "--price 356 --percent 10 --currency XAU",
            CURRENCY + "XAU"),
    refuses("empty currency", "--price 356 --percent 10 --currency=", CURRENCY),
    refuses("policy of one part", "--price 356 --percent 10 --checkout floor", POLICY + "floor"),
    refuses("policy of two parts", "--price 356 --percent 10 --checkout floor,price",
            POLICY + "floor,price"),
    refuses("policy of four parts", "--price 356 --percent 10 --checkout floor,price,unit,unit",
            POLICY + "floor,price,unit,unit"),
    refuses("policy in another order", "--price 356 --percent 10 --checkout price,floor,unit",
            POLICY + "price,floor,unit"),
    refuses("policy without its mode",
            "--price 356 --percent 10 --offer-page ,price,unit", POLICY + ",price,unit"),
    refuses("policy cut short", "--price 356 --percent 10 --offer-page half,price,unit",
            POLICY + "half,price,unit"),
    Case("all wrong gives one message", ["round", "--price", "x", "--percent", "y"], status=2,
         stderr=pattern(r"upsell round: [^\n]+\nTry 'upsell round --help'\.\n")),
])


if __name__ == "__main__":
    main()
