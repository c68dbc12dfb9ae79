using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Connectors;

/// <summary>How a carrier is asked: so many at once, and labels go on where prices fail.</summary>
public sealed class CarrierDeskTests
{
    readonly FakeTime _time = new();

    CarrierDesk Desk() => new(new LocalCourier(CourierTables.Example, new NoPrinter()), null, null, _time);

    [Fact]
    public async Task Prices_that_fail_stop_no_label_and_labels_that_fail_no_price()
    {
        foreach (var (broken, whole) in ((CarrierWork, CarrierWork)[])
            [(CarrierWork.Prices, CarrierWork.Parcels), (CarrierWork.Parcels, CarrierWork.Prices)])
        {
            var desk = Desk();
            for (var i = 0; i < CarrierBreaker.MostFailures; i++)
                await Assert.ThrowsAsync<ProviderUnclearException>(async () => await Fail(desk, broken));
            var left = await Assert.ThrowsAsync<ProviderUnclearException>(async () => await Told(desk, broken));
            Assert.Equal(ProviderTrouble.NotAsked, left.Trouble);
            Assert.Equal(1, await Told(desk, whole));
            Assert.Equal(
                broken == CarrierWork.Prices ? (BreakerState.Open, BreakerState.Closed)
                    : (BreakerState.Closed, BreakerState.Open),
                (desk.Breaker.Now.State, desk.ParcelBreaker.Now.State));
        }
    }

    [Fact]
    public async Task Beyond_so_many_questions_at_once_he_is_not_asked_and_does_not_count_as_dead()
    {
        var desk = Desk();
        TaskCompletionSource<int> answer = new();
        var under = Enumerable.Range(0, CarrierDesk.MostAtOnce)
            .Select(_ => desk.Ask((_, _) => new ValueTask<int>(answer.Task), null, default).AsTask()).ToList();
        var refused = await Assert.ThrowsAsync<ProviderUnclearException>(
            async () => await Told(desk, CarrierWork.Prices));
        Assert.Equal(ProviderTrouble.NotAsked, refused.Trouble);
        Assert.Contains("has 64 questions already", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await Told(desk, CarrierWork.Parcels));
        Assert.Equal((BreakerState.Closed, 0), (desk.Breaker.Now.State, desk.Breaker.Now.Failures));
        answer.SetResult(2);
        Assert.All(await Task.WhenAll(under), n => Assert.Equal(2, n));
        Assert.Equal(1, await Told(desk, CarrierWork.Prices));
    }

    static ValueTask<int> Told(CarrierDesk desk, CarrierWork work) =>
        desk.Ask((_, _) => new ValueTask<int>(1), null, default, work);

    static ValueTask<int> Fail(CarrierDesk desk, CarrierWork work) => desk.Ask<int>(
        (_, _) => throw new ProviderUnclearException("x", "is dead", null, ProviderTrouble.Unreachable), null, default,
        work);

    sealed class NoPrinter : ILabelPrinter
    {
        public byte[] Draw(CourierLabel label, LabelFormat format) => [];
    }
}
