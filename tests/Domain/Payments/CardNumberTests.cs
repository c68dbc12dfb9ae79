using System.Text;
using Fulfillment.Payments;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// Card numbers are found wherever they stand, and what only looks like one is left alone. The numbers are those that
/// schemes and providers publish for tests.
/// </summary>
public sealed class CardNumberTests
{
    public static TheoryData<string> Cards =>
    [
        "4111111111111111", "4012888888881881", "4222222222222", "4000000000000000006", "5555555555554444",
        "5105105105105100", "2223003122003222", "2720990000000007", "378282246310005", "371449635398431",
        "30569309025904", "38520000023237", "36227206271667", "6011111111111117", "6011000990139424",
        "3530111333300000", "3566002020360505", "6200000000000005", "6759649826438453", "2200000000000004",
        "501800000009",
    ];

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_card_number_is_masked_wherever_it_stands(string card)
    {
        string[] frames = ["#", "card #.", "PAN#", "#exp 12/30", "(#)", "a\n#\tb", "12 #", "# (123)", "ä#ä"];
        foreach (var frame in frames)
        {
            foreach (var written in new[] { card, Grouped(card, ' '), Grouped(card, '-') })
            {
                var text = frame.Replace("#", written, StringComparison.Ordinal);
                var masked = CardNumbers.Masked(text);
                Assert.DoesNotContain(card[..^4], Digits(masked), StringComparison.Ordinal);
                Assert.EndsWith(card[^4..], Digits(masked[..EndOfCard(masked)]), StringComparison.Ordinal);
                Assert.Equal(text.Length, masked.Length);
            }
        }
    }

    [Fact]
    public void No_more_than_the_first_six_and_the_last_four_digits_stay()
    {
        Assert.Equal("411111******1111", CardNumbers.Masked("4111111111111111"));
        Assert.Equal("4111 11** **** 1111", CardNumbers.Masked("4111 1111 1111 1111"));
        Assert.Equal("***********0005", CardNumbers.Masked("378282246310005"));
        Assert.Equal("411111******1111 x 555555******4444", CardNumbers.Masked("4111111111111111 x 5555555555554444"));
    }

    [Theory]
    [InlineData("4111111111111112")]
    [InlineData("1234567890123452")]
    [InlineData("0000000000000000")]
    [InlineData("41111111111111110000")]
    [InlineData("4111  1111  1111  1111")]
    [InlineData("4111/1111/1111/1111")]
    [InlineData("+4917012300001")]
    [InlineData("+49 170 1230 0001")]
    [InlineData("1234567890128")]
    [InlineData("2026-11-27 08:15")]
    [InlineData("")]
    public void What_only_looks_like_one_is_left_alone(string text) => Assert.Same(text, CardNumbers.Masked(text));

    [Fact]
    public void A_plus_makes_no_telephone_number_of_sixteen_digits() =>
        Assert.Equal("+411111******1111", CardNumbers.Masked("+4111111111111111"));

    [Theory]
    [InlineData("4111111111111111")]
    [InlineData("4111-1111-1111-1111")]
    [InlineData("order:4111111111111111")]
    [InlineData("a-4111111111111111-b")]
    [InlineData("x.4111-1111-1111-1111.y")]
    [InlineData("PAN4111111111111111")]
    [InlineData("378282246310005")]
    [InlineData("3782-822463-10005")]
    [InlineData("38520000023237")]
    public void An_id_with_a_card_number_is_told(string id) => Assert.True(CardNumbers.IsCard(id));

    [Theory]
    [InlineData("4006381333023", "an EAN-13 with a Luhn digit too")]
    [InlineData("4222222222222", "13 digits, as EANs have")]
    [InlineData("30000000000087", "a GTIN-14 with a Luhn digit too")]
    [InlineData("501800000009", "12 digits, as tracking numbers have")]
    [InlineData("6200000000000000000", "19 digits, as generated ids have")]
    [InlineData("112-4111111-1111111", "an Amazon order")]
    [InlineData("4111-111111-111111", "groups that no card has")]
    [InlineData("1-4111-1111-1111-1111", "more groups than a card has")]
    [InlineData("4111-1111-1111-1111-1", "more groups than a card has")]
    [InlineData("c4111111111111111f0", "hexadecimal")]
    [InlineData("9f4111111111111111", "hexadecimal")]
    [InlineData("0190a3c0-4111-7111-9111-111111111111", "a UUID")]
    [InlineData("1711111111111111", "microseconds since 1970")]
    [InlineData("4111111111111112", "no Luhn digit")]
    [InlineData(null, "nothing")]
    public void An_id_that_is_something_else_is_left_alone(string? id, string what) =>
        Assert.False(CardNumbers.IsCard(id), what);

    [Fact]
    public void The_quick_look_misses_nothing_that_the_thorough_one_finds()
    {
        Random random = new(1);
        const string Alphabet = "0123456789 -x";
        var found = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var text = new StringBuilder();
            for (var n = random.Next(60); n > 0; n--) text.Append(Alphabet[Math.Min(12, random.Next(40) % 16)]);
            if (random.Next(3) == 0) text.Insert(random.Next(text.Length + 1), "x5555 5555 5555 4444x");
            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            var quick = CardNumbers.MayContain(bytes);
            var before = bytes.ToArray();
            var masked = CardNumbers.MaskIn(bytes);
            Assert.True(quick || masked == 0, text.ToString());
            Assert.Equal(masked > 0, !bytes.AsSpan().SequenceEqual(before));
            Assert.Equal(0, CardNumbers.MaskIn(bytes));
            found += masked;
        }

        Assert.InRange(found, 15_000, int.MaxValue);
    }

    [Fact]
    public void A_body_without_one_is_looked_at_without_taking_memory()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"id":"o-1","shipTo":{"phone":"+4930123456","postcode":"10115"},"lines":[{"sku":"A","quantity":1}]}""");
        CardNumbers.MayContain(body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Assert.False(CardNumbers.MayContain(body));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    static string Grouped(string card, char by) =>
        string.Join(by, card.Chunk(4).Select(group => new string(group)));

    static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    static int EndOfCard(string masked)
    {
        var end = masked.LastIndexOf('*') + 1;
        for (var digits = 0; digits < 4; end++) if (char.IsAsciiDigit(masked[end])) digits++;
        return end;
    }
}
