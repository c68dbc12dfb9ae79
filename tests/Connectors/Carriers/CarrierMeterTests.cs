using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Connectors;

/// <summary>How long carriers take and how often they fail, by kind of call.</summary>
public sealed class CarrierMeterTests
{
    [Fact]
    public void Times_are_those_that_so_many_of_a_hundred_did_not_exceed()
    {
        CarrierMeter meter = new();
        for (var i = 100; i >= 1; i--) meter.Note(CarrierCall.Label, TimeSpan.FromMilliseconds(i), null);
        var label = Assert.Single(meter.Now);
        Assert.Equal(
            (CarrierCall.Label, 100L, 50d, 95d, 99d, 100d),
            (label.Call, label.Calls, label.Median.TotalMilliseconds, label.P95.TotalMilliseconds,
                label.P99.TotalMilliseconds, label.Longest.TotalMilliseconds));
        meter.Note(CarrierCall.Rates, TimeSpan.FromMilliseconds(7), null);
        Assert.Equal([CarrierCall.Rates, CarrierCall.Label], meter.Now.Select(t => t.Call));
        Assert.Equal(7, meter.Now[0].P99.TotalMilliseconds);
    }

    [Fact]
    public void Only_the_last_are_kept_and_all_are_counted()
    {
        CarrierMeter meter = new();
        meter.Note(CarrierCall.Track, TimeSpan.FromHours(1), null);
        for (var i = 0; i < CarrierMeter.Kept; i++) meter.Note(CarrierCall.Track, TimeSpan.FromMilliseconds(2), null);
        var track = Assert.Single(meter.Now);
        Assert.Equal((CarrierMeter.Kept + 1L, 2d), (track.Calls, track.Longest.TotalMilliseconds));
    }

    [Fact]
    public async Task A_desk_counts_answers_failures_and_what_nobody_was_asked()
    {
        CarrierDesk desk = new(new LocalCourier(CourierTables.Example, new NoPrinter()), null, null, new FakeTime());
        CarrierCall[] kinds =
        [
            CarrierCall.Label, CarrierCall.Find, CarrierCall.Void, CarrierCall.Manifest, CarrierCall.Pickup,
            CarrierCall.Place,
        ];
        foreach (var kind in kinds) await Ask(desk, kind, null);
        foreach (var trouble in (ProviderTrouble[])[ProviderTrouble.Timeout, ProviderTrouble.Garbled,
            ProviderTrouble.Timeout])
            await Assert.ThrowsAsync<ProviderUnclearException>(async () => await Ask(desk, CarrierCall.Label, trouble));
        // He is left alone now.
        await Assert.ThrowsAsync<ProviderUnclearException>(async () => await Ask(desk, CarrierCall.Label, null));
        Assert.Equal(kinds, desk.Meter.Now.Select(t => t.Call));
        var label = desk.Meter.Now[0];
        Assert.Equal((4L, 1L), (label.Calls, label.NotAsked));
        Assert.Equal(
            [(ProviderTrouble.Garbled, 1L), (ProviderTrouble.Timeout, 2L)], label.Failed.Select(f => (f.Key, f.Value)));
    }

    [Fact]
    public void A_time_in_which_he_was_left_alone_is_told_with_its_length()
    {
        FakeTime time = new();
        CarrierBreaker breaker = new(time);
        breaker.Failed("once");
        var first = time.Now;
        breaker.Answered();
        Assert.Equal((null, null), (breaker.Now.FailingSince, breaker.Now.Recovered));
        for (var i = 0; i < CarrierBreaker.MostFailures; i++)
        {
            breaker.Failed("is dead");
            time.Now += TimeSpan.FromSeconds(1);
        }

        Assert.Equal((first, BreakerState.Open), (breaker.Now.FailingSince!.Value, breaker.Now.State));
        time.Now += CarrierBreaker.Rest;
        Assert.True(breaker.Enter());
        breaker.Answered();
        var over = breaker.Now.Recovered!;
        Assert.Equal((first, TimeSpan.FromSeconds(33)), (over.From, over.Took));
        Assert.Null(breaker.Now.FailingSince);
    }

    static ValueTask<int> Ask(CarrierDesk desk, CarrierCall kind, ProviderTrouble? trouble) => desk.Ask(
        (_, _) => trouble is { } t ? throw new ProviderUnclearException("x", "fails", null, t) : new ValueTask<int>(1),
        null, default, CarrierWork.Parcels, kind);

    sealed class NoPrinter : ILabelPrinter
    {
        public byte[] Draw(CourierLabel label, LabelFormat format) => [];
    }
}
