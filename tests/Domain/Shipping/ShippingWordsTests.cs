using System.Text.Json;
using System.Text.Json.Serialization;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Domain;

/// <summary>The words of shipping are those that the API writes, and each is there once.</summary>
public sealed class ShippingWordsTests
{
    static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() } };

    [Fact]
    public void Words_are_kebab_case()
    {
        Assert.Equal("last-known", Word(RateSource.LastKnown));
        Assert.Equal("not-asked", Word(RateRejection.NotAsked));
        Assert.Equal("incomplete", Word(RateRejection.Incomplete));
        Assert.Equal("length-and-girth", Word(ParcelLimit.LengthAndGirth));
        Assert.Equal("out-for-delivery", Word(Milestone.OutForDelivery));
        Assert.Equal("half-open", Word(BreakerState.HalfOpen));
    }

    [Fact]
    public void What_a_carrier_can_do_is_told_apart()
    {
        CarrierAbility[] all =
        [
            CarrierAbility.None, CarrierAbility.Rates, CarrierAbility.Labels, CarrierAbility.Reprints,
            CarrierAbility.Voids, CarrierAbility.Tracking, CarrierAbility.Pickups, CarrierAbility.Manifests,
            CarrierAbility.ServicePoints, CarrierAbility.AddressChecks, CarrierAbility.Customs,
        ];
        Assert.Equal(all, Enum.GetValues<CarrierAbility>());
        Assert.Equal(all.Length, all.Select(a => (int)a).Distinct().Count());
        Assert.All(all.Skip(1), a => Assert.True(int.IsPow2((int)a)));
    }

    static string Word<T>(T value)
        where T : struct, Enum =>
        JsonSerializer.Serialize(value, Options).Trim('"');
}
