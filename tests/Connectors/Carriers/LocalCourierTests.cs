using System.Text;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Connectors;

/// <summary>The courier who needs no network.</summary>
public sealed class LocalCourierTests : CarrierContract
{
    readonly LocalCourier _carrier = new(CourierTables.Example, new Printer());

    protected override ICarrier Carrier => _carrier;

    protected override (string, string) Services => ("standard", "drone");

    protected override LabelStatus Unbought => LabelStatus.NotFound;

    protected override LabelStatus Lost => LabelStatus.Bought;

    protected override (VoidStatus, VoidStatus) Voids => (VoidStatus.LapsesUnused, VoidStatus.LapsesUnused);

    public override Task InitializeAsync() => Task.CompletedTask;

    public override Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_same_key_and_ask_make_the_same_bytes_and_numbers_and_others_do_not()
    {
        var (first, again, other) = (await Buy("K"), await Buy("K"), await Buy("L"));
        Assert.Equal(first.Parcels[0].TrackingNumber, again.Parcels[0].TrackingNumber);
        Assert.True(first.Parcels[0].Content.SequenceEqual(again.Parcels[0].Content));
        Assert.NotEqual(first.Parcels[0].TrackingNumber, other.Parcels[0].TrackingNumber);
    }

    [Fact]
    public async Task Keys_are_remembered_up_to_a_number_and_one_that_is_forgotten_makes_the_same_label_again()
    {
        var first = await Buy("first");
        for (var i = 0; i < LocalCourier.MostRemembered - 1; i++) await Buy($"key-{i}");
        Assert.Equal(LabelStatus.Bought, (await Carrier.Find("first", Wanted(), default)).Status);
        await Buy("one-more");
        Assert.Equal(LabelStatus.NotFound, (await Carrier.Find("first", Wanted(), default)).Status);
        Assert.True(first.Parcels[0].Content.SequenceEqual((await Buy("first")).Parcels[0].Content));
    }

    [Fact]
    public async Task One_number_does_not_stand_on_labels_to_two_addresses()
    {
        var ask = Wanted();
        var number = (await Buy("K", ask)).Shipment;
        Assert.Equal(number, (await Buy("K", ask)).Shipment);
        Assert.NotEqual(number, (await Buy("K", ask with { To = ask.To with { Lines = ["Elsewhere 2"] } })).Shipment);
    }

    [Fact]
    public async Task Numbers_have_a_check_digit_that_tells_a_wrong_or_swapped_digit()
    {
        for (var i = 0; i < 200; i++)
        {
            var number = (await Buy($"key-{i}")).Shipment;
            Assert.Matches("^LC[0-9]{14}[0-9X]$", number);
            Assert.True(Fits(number[2..]));
            var wrong = number[2..].ToCharArray();
            wrong[i % 14] = (char)('0' + ((wrong[i % 14] - '0' + 1 + (i % 9)) % 10));
            if (new string(wrong) != number[2..]) Assert.False(Fits(new(wrong)));
        }

        // ISO/IEC 7064, MOD 11-2.
        static bool Fits(string digits) =>
            digits.Aggregate(0, (sum, c) => (sum * 2 + (c == 'X' ? 10 : c - '0')) % 11) == 1;
    }

    [Fact]
    public async Task What_is_over_the_limits_of_one_service_goes_with_another()
    {
        ParcelSpec heavy = new(1_500, 400, 300, 45_000);
        var reply = await Carrier.Rates(Asked(heavy) with { From = Berlin, To = Berlin }, default);
        Assert.Equal("heavy", Assert.Single(reply.Rates).Service);
        Assert.Equal(
            [("standard", RateRejection.Overweight), ("express", RateRejection.Overweight)],
            reply.Rejected.Select(r => (r.Service!, r.Reason)));
    }

    [Fact]
    public async Task He_comes_by_himself_and_has_no_service_points()
    {
        Assert.Equal(CarrierStatus.Unsupported, (await Carrier.Book(Pickup(), default)).Status);
        Assert.Equal(CarrierStatus.Unsupported, (await Carrier.Points(Berlin, default)).Status);
    }

    [Fact]
    public async Task A_manifest_has_a_number_of_its_key()
    {
        ManifestAsk ask = new(Berlin, Monday, ["LC1"]);
        var (first, again) = (await Carrier.Close("m", ask, default), await Carrier.Close("m", ask, default));
        Assert.Equal((CarrierStatus.Done, first.Number), (again.Status, again.Number));
        Assert.NotEqual(first.Number, (await Carrier.Close("n", ask, default)).Number);
    }

    [Fact]
    public async Task Addresses_have_the_form_of_their_country()
    {
        Assert.Equal(AddressVerdict.Valid, (await Carrier.Check(Berlin, default)).Verdict);
        Assert.Equal(AddressVerdict.Unknown, (await Carrier.Check(Berlin with { Postcode = "1011" }, default)).Verdict);
        Assert.Equal(AddressVerdict.Unknown, (await Carrier.Check(Berlin with { Postcode = null }, default)).Verdict);
        Assert.Equal(AddressVerdict.Valid, (await Carrier.Check(new("HK"), default)).Verdict);
    }

    /// <summary>Writes what a label says.</summary>
    sealed class Printer : ILabelPrinter
    {
        public byte[] Draw(CourierLabel label, LabelFormat format) => Encoding.UTF8.GetBytes(
            $"{format} {label.TrackingNumber} {label.Number}/{label.Count} {label.Zone} {label.Parcel} {label.To}");
    }
}
