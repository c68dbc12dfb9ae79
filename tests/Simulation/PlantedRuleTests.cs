using System.Text.Json.Serialization.Metadata;
using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Payments;
using Fulfillment.Routing;
using Fulfillment.Shipping;
using Fulfillment.Simulation;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Simulation;

/// <summary>
/// The simulator under bugs in a rule of the trade: each is found, and the same without its bug is clean.
/// </summary>
public sealed class PlantedRuleTests
{
    const int Seeds = 100;

    [Fact]
    public void A_SKU_that_promises_blindly_is_found() => Found(PlantedSku<PromisesBlindly>.Kind);

    [Fact]
    public void A_SKU_that_promises_one_too_many_is_found() => Found(PlantedSku<OffByOne>.Kind);

    [Fact]
    public void A_SKU_that_forgets_the_steps_of_claims_is_found() => Found(PlantedSku<ForgetsSteps>.Kind);

    [Fact]
    public void A_SKU_that_forgets_movements_is_found() => Found(PlantedSku<ForgetsMovements>.Kind);

    [Fact]
    public void A_SKU_that_believes_old_plans_is_found() => Found(PlantedSku<BelievesOldPlans>.Kind);

    [Fact]
    public void A_SKU_that_never_tells_another_date_is_found() => Found(PlantedSku<LeavesDates>.Kind);

    [Fact]
    public void A_SKU_that_tells_all_but_one_is_found() => Found(PlantedSku<TellsAllButOne>.Kind);

    [Fact]
    public void An_order_that_releases_nothing_is_found() => Found(PlantedOrder<ReleasesNothing>.Kind);

    [Fact]
    public void An_order_that_counts_payments_twice_is_found() => Found(PlantedOrder<CountsPaymentsTwice>.Kind);

    [Fact]
    public void An_order_that_believes_old_answers_is_found() => Found(PlantedOrder<BelievesOldAnswers>.Kind);

    [Fact]
    public void An_order_that_waits_for_ever_is_found() => Found(PlantedOrder<WaitsForEver>.Kind);

    [Fact]
    public void An_order_that_packs_twice_is_found() => Found(PlantedOrder<PacksTwice>.Kind, after: 200);

    [Fact]
    public void An_order_that_ships_by_hand_what_is_in_a_parcel_is_found() =>
        Found(PlantedOrder<ShipsFromParcels>.Kind, after: 100, pace: Pace.Lively);

    [Fact]
    public void A_payment_that_takes_twice_is_found() => Found(PlantedPayment<TakesTwice>.Kind);

    [Fact]
    public void A_payment_that_keeps_the_money_is_found() => Found(PlantedPayment<KeepsTheMoney>.Kind);

    [Fact]
    public void A_payment_that_takes_a_no_for_a_yes_is_found() => Found(PlantedPayment<BelievesTheRefused>.Kind);

    [Fact]
    public void Without_a_bug_the_same_seeds_are_clean_and_the_histories_the_products()
    {
        Parallel.For(1, Seeds + 1, seed =>
        {
            var product = Simulator.Run(new() { Seed = seed }).Hash;
            foreach (var kind in new[]
            {
                PlantedSku<HonestSku>.Kind, PlantedOrder<HonestOrder>.Kind, PlantedPayment<HonestPayment>.Kind,
            })
                Assert.Equal(product, Simulator.Run(With(kind, seed)).Hash);
        });
    }

    /// <summary>In one of so many histories; those before them put right by themselves much of what is wrong.</summary>
    static void Found(EntityKind kind, int after = 0, Pace? pace = null) => Assert.Contains(
        Enumerable.Range(after + 1, Seeds), seed => Fails(With(kind, seed) with { Pace = pace ?? Pace.Usual }));

    static bool Fails(SimulationOptions options)
    {
        try
        {
            Simulator.Run(options);
            return false;
        }
        catch (Exception)
        {
            // Whatever way it shows: a broken invariant, or a state that the next event does not fit.
            return true;
        }
    }

    static JsonTypeInfo MessagesTo(string provider) =>
        provider == ParcelCalls.Notices ? NoticesJson.Default.NoticeCall
            : provider.StartsWith(ParcelCalls.LabelsOf(""), StringComparison.Ordinal)
            ? LabelsJson.Default.LabelCall : ProvidersJson.Default.ProviderCall;

    /// <summary>The product, with one kind in place of its own.</summary>
    static SimulationOptions With(EntityKind planted, int seed) => new()
    {
        Seed = seed,
        Kinds = (router, board, payments) =>
        {
            var kinds = new Kinds().Add("router", () => RoutingJson.Default.RoutingMessage, router, patient: true)
                .Add("board", () => WarehousingJson.Default.BoardMessage, board).Add(planted.Name, _ => planted);
            foreach (var (name, provider) in payments)
                kinds.Add(name, () => MessagesTo(name), provider);
            foreach (var kind in Everything.Kinds(router).Entities.Where(k => k.Name != planted.Name))
                kinds.Add(kind.Name, _ => kind);
            return kinds;
        },
    };
}
