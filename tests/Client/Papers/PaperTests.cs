using System.Globalization;
using System.Text.RegularExpressions;
using Fulfillment.Client.Papers;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client.Papers;

/// <summary>How papers are drawn: nothing lost, nothing that is not to be seen, the same bytes each time.</summary>
public sealed partial class PaperTests
{
    static readonly DateTimeOffset At = new(2026, 11, 28, 9, 30, 0, TimeSpan.Zero);

    static PackingSlip Slip(int lines, string? gift = null, Func<int, PaperItem>? item = null) => new(
        "acme", "2026-000123", "2026-000123-F1", At, ["Leipzig", "DE 04158"], ["Ada Lovelace", "12 St James's Square"],
        [new("Order", "2026-000123"), new("Units", "9")],
        [.. Enumerable.Range(1, lines).Select(i => new SlipLine(
            item?.Invoke(i) ?? new($"SKU-{i:0000}", $"Article number {i}"), i,
            gift is null ? new(1_299, 0, 207 * i, 1_299 * i) : null))],
        [], gift, gift is null ? new("EUR", 1_299, 490, 207, false, 1_996) : null);

    static PickListSheet List(int stops) => new(
        "PL-2026-1128-07", "Wave 7, DHL 16:30", "Leipzig (LEJ1)", At,
        [.. Enumerable.Range(1, stops).Select(i => new PickStop(
            $"A-{i:000}", new($"SKU-{i:0000}", $"Article number {i}", ["fragile"], "Wrap in two layers of paper"), i,
            $"T-{i % 9}", i % 2 == 0 ? $"L{i}" : null, $"2026-{i:000000}", new DateOnly(2027, 1, 31)))],
        [new("Way", "412 m")]);

    [SkippableFact]
    public void Three_hundred_lines_go_over_pages_with_a_head_and_a_number_each_and_none_is_lost()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        foreach (var pdf in (byte[][])[PackingSlipPaper.Draw(Slip(300)), PickListPaper.Draw(List(300)),
            CartonPaper.Draw(Carton(300))])
        {
            var pages = PdfTools.Text(pdf).Split('\f', StringSplitOptions.RemoveEmptyEntries);
            Assert.InRange(pages.Length, 8, 40);
            for (var i = 0; i < pages.Length; i++)
            {
                Assert.Contains($"Page {i + 1} of {pages.Length}", pages[i], StringComparison.Ordinal);
                Assert.Equal(
                    pages[i].Contains("SKU-", StringComparison.Ordinal),
                    pages[i].Contains("ITEM", StringComparison.Ordinal));
            }

            Assert.Equal(
                Enumerable.Range(1, 300),
                Sku().Matches(string.Concat(pages)).Select(m => int.Parse(m.Groups["number"].Value,
                    CultureInfo.InvariantCulture)));
        }
    }

    [SkippableFact]
    public void A_gift_message_that_is_longer_than_a_page_goes_on_on_the_next()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        var message = string.Join('\n', Enumerable.Range(1, 120).Select(i => $"verse-{i:000}"));
        var pdf = PackingSlipPaper.Draw(Slip(3, message));
        if (Environment.GetEnvironmentVariable("FULFILLMENT_PICTURES") is { } folder)
            File.WriteAllBytes(Path.Combine(folder, "gift.pdf"), pdf);
        var pages = PdfTools.Text(pdf).Split('\f', StringSplitOptions.RemoveEmptyEntries);

        Assert.InRange(pages.Length, 3, 5);
        Assert.Equal(
            Enumerable.Range(1, 120).Select(i => $"verse-{i:000}"),
            Verse().Matches(string.Concat(pages)).Select(m => m.Value));
        Assert.Contains("A MESSAGE FOR YOU, CONTINUED", pages[1], StringComparison.Ordinal);
        Assert.Contains("SKU-0003", pages[^1], StringComparison.Ordinal);
    }

    [GeneratedRegex(@"verse-\d{3}", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Verse();

    [GeneratedRegex(@"SKU-(?<number>\d{4})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Sku();

    static CartonSheet Carton(int lines) => new(
        "340123450000000017", "carton", "acme", "Leipzig (LEJ1)",
        [.. Enumerable.Range(1, lines).Select(i => new CartonLine(
            new($"SKU-{i:0000}", $"Article number {i}"), i, $"L{i}", new DateOnly(2027, 1, 31), [$"S{i}"]))],
        [new("Weight", "12.300 kg")]);

    [Fact]
    public void The_same_content_has_the_same_bytes_and_other_content_has_not()
    {
        Assert.Equal(PackingSlipPaper.Draw(Slip(40)), PackingSlipPaper.Draw(Slip(40)));
        Assert.Equal(PickListPaper.Draw(List(40)), PickListPaper.Draw(List(40)));
        Assert.Equal(CartonPaper.Draw(Carton(40)), CartonPaper.Draw(Carton(40)));
        Assert.NotEqual(PackingSlipPaper.Draw(Slip(40)), PackingSlipPaper.Draw(Slip(41)));
    }

    [SkippableFact]
    public void Papers_carry_the_barcode_of_what_they_are_of()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        Assert.Equal(["CODE-128:2026-000123"], PdfTools.Barcodes(PackingSlipPaper.Draw(Slip(1))));
        Assert.Equal(["CODE-128:PL-2026-1128-07"], PdfTools.Barcodes(PickListPaper.Draw(List(1))));
        Assert.Equal(["CODE-128:00340123450000000017"], PdfTools.Barcodes(CartonPaper.Draw(Carton(1))));
        var id = Guid.Empty.ToString();
        Assert.Equal([$"QR-Code:{id}"], PdfTools.Barcodes(PackingSlipPaper.Draw(Slip(1) with { Order = id })));
    }

    [SkippableFact]
    public void Stops_are_printed_in_the_order_given_with_all_that_a_picker_needs()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        var list = List(3);
        var text = PdfTools.Text(PickListPaper.Draw(list with { Stops = [.. list.Stops.Reverse()] }));
        int[] places = [.. "A-003 A-002 A-001".Split(' ').Select(b => text.IndexOf(b, StringComparison.Ordinal))];
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(-1, places);
        foreach (var told in (string[])["Wave 7, DHL 16:30", "Leipzig (LEJ1)", "412 m", "FRAGILE", "SKU-0002",
            "Wrap in two layers of paper", "L2", "T-2", "Order 2026-000002", "exp. 31 Jan 2027"])
            Assert.Contains(told, text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void What_the_font_has_is_printed_and_what_it_lacks_is_told()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        string[] names =
        [
            "Crème brûlée für Šárka, Łódź, Őriszentpéter", "Жёлтая чашка", "e\u0301tude", "赤い茶碗", "Gift 🎁",
            "a\u0000b\tc", "\ud800 alone", new('W', 400),
        ];
        var pdf = PackingSlipPaper.Draw(Slip(names.Length, item: i => new($"N-{i}", names[i - 1])));
        var text = PdfTools.Text(pdf);
        foreach (var told in (string[])[names[0].Split(',')[0], "Łódź", names[1], "tude", "Gift \uFFFD", "U+8D64",
            "U+1F381"])
            Assert.Contains(told, text, StringComparison.Ordinal);
        Assert.DoesNotContain("stands for", PdfTools.Text(PackingSlipPaper.Draw(Slip(1))), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Texts_as_long_as_they_may_be_stay_on_the_page()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        var words = string.Join(' ', Enumerable.Repeat("wording", 250));
        string[] classes = [.. Enumerable.Range(0, 20).Select(i => $"class-{i}")];
        PaperItem item = new(new('S', 128), words[..500], [.. classes], words);
        var slip = Slip(2, item: _ => item) with
        {
            Seller = new('s', 128),
            Order = new('o', 128),
            Reference = $"{new string('o', 128)}-F1",
            GiftMessage = words[..500],
            Absent = [new(item, 1, words[..200])],
        };
        var text = PdfTools.Text(PackingSlipPaper.Draw(slip));
        // Three times 62 of the name and 250 of the instruction; those of the message, and why one is not there.
        Assert.Equal((3 * (62 + 250)) + 62 + 25, Regex.Count(text, "wording"));
    }
}
