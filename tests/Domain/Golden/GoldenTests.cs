using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fulfillment.Catalog;
using Fulfillment.Counting;
using Fulfillment.Engine;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Payments;
using Fulfillment.Picking;
using Fulfillment.Purchasing;
using Fulfillment.Routing;
using Fulfillment.Screening;
using Fulfillment.Sensing;
using Fulfillment.Shipping;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// What journals have, every later build must read and write again as it is. So each type of event and message has a
/// file <c>Golden/{kind}/{type}.json</c> that is never changed; where a type gains a field, a second file beside it
/// (<c>{type}.2.json</c>) has it. <c>FULFILLMENT_ACCEPT_GOLDEN=1</c> writes the files that are missing.
/// </summary>
public sealed class GoldenTests
{
    static readonly string Folder = Path.Combine(Product.TestFolder, "Golden");

    static readonly JsonSerializerContext[] Contracts =
    [
        InventoryJson.Default, OrderingJson.Default, WarehousingJson.Default, IntakeJson.Default, RoutingJson.Default,
        RuleBookJson.Default, CatalogJson.Default, CountingJson.Default, ProductJson.Default, AttributeSetJson.Default,
        ComplianceJson.Default, SkuAliasJson.Default, SensingJson.Default, PickingJson.Default,
        TraceJson.Default, FraudPolicyJson.Default, PaymentsJson.Default, AccountsJson.Default, ProvidersJson.Default,
        PurchasingJson.Default, TransferJson.Default, LayoutJson.Default,
        LicensePlateJson.Default, SsccRangeJson.Default, BoxesJson.Default, PackJobJson.Default,
        PickRosterJson.Default, RefillsJson.Default, LabelsJson.Default, NoticesJson.Default, ParcelJson.Default,
        ManifestJson.Default, PickupJson.Default,
    ];

    static readonly IEnumerable<object> Examples =
    [
        .. SkuExamples.Commands, .. SkuExamples.Events, .. OrderExamples.Commands, .. OrderExamples.Events,
        .. OrderExamples.ToRouter, .. RoutingExamples.All, .. OtherExamples.All, .. ScreeningExamples.All,
        .. PaymentExamples.All, .. RuleBookExamples.All, .. PurchaseExamples.All, .. TransferExamples.All,
        .. CatalogExamples.All, .. CountExamples.All, .. PickListExamples.All, .. PlaceExamples.All,
        .. RosterExamples.All, .. RefillExamples.All, .. PlateExamples.All, .. SensorExamples.All, .. BoxExamples.All,
        .. PackJobExamples.All, .. ParcelExamples.All, .. ManifestExamples.All,
    ];

    /// <summary>Every type as <c>kind/type</c>: commands, events, and messages to connectors.</summary>
    public static TheoryData<string> Types => [.. Names];

    static IEnumerable<string> Names => Families.SelectMany(f => f.Codec.Names.Select(n => $"{f.Kind}/{n}"));

    static IEnumerable<(string Kind, FamilyCodec Codec)> Families =>
    [
        .. Product.Kinds.Entities.Select(k => (k.Name, k.Commands)),
        .. Product.Kinds.Entities.Select(k => (k.Name, k.Events)),
        .. Product.Kinds.Connectors.Select(c => (c, Product.Kinds.MessagesTo(c))),
    ];

    [Theory, MemberData(nameof(Types))]
    public void Every_type_has_a_file_that_reads_and_writes_to_the_same_bytes(string type)
    {
        Accept(type);
        var (codec, files) = (CodecOf(type), Files(type));

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(
            File.ReadAllText(file), Write(codec, codec.Read(NameOf(type), File.ReadAllBytes(file)))));
    }

    [Theory, MemberData(nameof(Types))]
    public void Every_field_of_a_type_is_in_one_of_its_files(string type)
    {
        Accept(type);

        Assert.Equal([], MissingFields(type));
    }

    [Fact]
    public void Every_file_has_a_type() => Assert.Equal([], Directory
        .EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(TypeOf).Except(Names));

    [Fact]
    public void No_command_has_the_name_of_an_event() =>
        Assert.Equal(Names.Distinct(), Names);

    static FamilyCodec CodecOf(string type) =>
        Families.First(f => f.Codec.Names.Any(n => $"{f.Kind}/{n}" == type)).Codec;

    static string NameOf(string type) => type[(type.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The type that a file is of.</summary>
    static string TypeOf(string file) =>
        $"{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileName(file).Split('.')[0]}";

    static IReadOnlyList<string> Files(string type) =>
        [.. Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Where(f => TypeOf(f) == type)];

    /// <summary>Writes what is missing, if a maintainer says so, and never touches what is there.</summary>
    static void Accept(string type)
    {
        if (Environment.GetEnvironmentVariable("FULFILLMENT_ACCEPT_GOLDEN") != "1") return;
        var codec = CodecOf(type);
        var count = Files(type).Count;
        if (count > 0 && !MissingFields(type).Any()) return;
        var example = Examples.First(e => e.GetType() == codec.TypeOf(NameOf(type)));
        var number = count + 1;
        while (File.Exists(PathOf(number))) number++;
        var path = PathOf(number);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = new(path, FileMode.CreateNew);
        file.Write(Encoding.UTF8.GetBytes(Write(codec, example)));

        string PathOf(int n) => Path.Combine(Folder, n == 1 ? $"{type}.json" : $"{type}.{n}.json");
    }

    /// <summary>The payload as the journal has it, but indented for who reads it here.</summary>
    static string Write(FamilyCodec codec, object message)
    {
        using MemoryStream stream = new();
        JsonWriterOptions indented = new() { Indented = true, NewLine = "\n" };
        using (Utf8JsonWriter writer = new(stream, indented)) codec.Write(writer, message);
        return Wire.Text(stream.ToArray()) + "\n";
    }

    static IEnumerable<string> MissingFields(string type)
    {
        HashSet<string> told = [];
        foreach (var file in Files(type))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            Collect(document.RootElement, "", told);
        }

        return Fields(CodecOf(type).TypeOf(NameOf(type)), "").Except(told);
    }

    static void Collect(JsonElement element, string path, HashSet<string> told)
    {
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray()) Collect(item, path, told);
        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var field in element.EnumerateObject())
        {
            told.Add($"{path}/{field.Name}");
            Collect(field.Value, $"{path}/{field.Name}", told);
        }
    }

    /// <summary>
    /// The paths of all fields that the product's contract has; what follows from them and is only read is not written.
    /// </summary>
    static IEnumerable<string> Fields(Type type, string path)
    {
        var contract = Contracts.Select(c => c.GetTypeInfo(type)).First(c => c is not null)!;
        if (contract.ElementType is { } element) return Fields(element, path);
        return contract.Kind != JsonTypeInfoKind.Object ? [] : contract.Properties
            .Where(p => p.Get is not null && (p.Set is not null || p.AssociatedParameter is not null)).SelectMany(p =>
            (IEnumerable<string>)[$"{path}/{p.Name}", .. Fields(p.PropertyType, $"{path}/{p.Name}")]);
    }
}
