using static Fulfillment.Tests.Tidy.Rule;

namespace Fulfillment.Tests.Tidy;

/// <summary>Rules are pure, speak the trade's words, and keep to their own capability.</summary>
public sealed class DomainTests
{
    const string Domain = "src/Domain", Engine = "src/Engine", Project = "src/Domain/Fulfillment.Domain.csproj",
        BannedSymbols = "src/Domain/BannedSymbols.txt";

    const string Clock = @"\bDateTime(Offset)?\s*\.\s*(Now|UtcNow|Today)\b", Thread = @"\bTask\s*\.\s*Run\b",
        Chance = @"\bGuid\s*\.\s*(NewGuid|CreateVersion7)\b|\bRandom\s*\.\s*Shared\b",
        Blocking = @"\bThread\s*\.\s*Sleep\b|\.\s*Wait\(|\)\s*\.\s*Result\b|\bGetResult\(",
        Technical = "(Manager|Helper|Service|Processor|Base|Impl|Dto|Async)";

    /// <summary>Where the engine may start work on another thread, and why.</summary>
    static readonly Dictionary<string, string> MayRun = new()
    {
        ["src/Engine/Verification/Verifier.cs"] = "reads the next page of the journal while this one is verified",
    };

    static readonly string[] Calls =
    [
        "DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.UtcNow", "DateTimeOffset.Now", "Guid.NewGuid()",
        "Random.Shared", "Task.Run(f)",
    ];

    static readonly string[] BlockingCalls = ["Thread.Sleep(1)", "task.Wait()", "Ask().Result", "Ask().GetResult()"];
    static readonly string[] Suffixes = ["Manager", "Helper", "Service", "Processor", "Base", "Impl", "Dto", "Async"];

    static readonly string[] BannedForRules =
    [
        "P:System.DateTime.Now;", "P:System.DateTime.UtcNow;", "P:System.DateTimeOffset.Now;",
        "P:System.DateTimeOffset.UtcNow;", "M:System.Guid.NewGuid;", "T:System.Random;", "T:System.Threading.Thread;",
        "M:System.Threading.Tasks.Task.Run(", "P:System.Threading.Tasks.Task`1.Result;",
        "M:System.Threading.Tasks.Task.Wait;",
    ];

    [Fact]
    public void Rules_have_no_clock_no_chance_and_no_threads() => Holds(
        tree => In(tree, Domain).PlacesInCode($"{Clock}|{Chance}|{Thread}|{Blocking}"),
        [.. Calls.Concat(BlockingCalls).Select(call => ("src/Domain/Inventory/Impure.cs", $"object x = {call};"))]);

    [Fact]
    public void The_engine_takes_time_from_its_provider_and_runs_no_work_aside() => Holds(
        tree => In(tree, Engine).PlacesInCode($"{Clock}|{Chance}")
            .Concat(In(tree, Engine).Where(f => !MayRun.ContainsKey(f.Path)).PlacesInCode(Thread))
            .Concat(MayRun.Keys.Where(path => !In(tree, Engine).Any(f => f.Path == path && f.Code.Has(Thread)))),
        [
            ("src/Engine/Verification/Verifier.cs", "// The exception is not needed any more."),
            .. Calls.Select(call => ("src/Engine/Impure.cs", $"object x = {call};")),
        ]);

    /// <summary>Text cannot tell whose <c>Result</c> it is; the analyzer can.</summary>
    [Fact]
    public void The_analyzer_of_banned_calls_is_on() => Holds(
        tree => tree.Files.Where(f => f.IsIn(Domain)).Places("RS0030|<NoWarn>")
            .Concat(NotSaid(tree, BannedSymbols, BannedForRules))
            .Concat(NotSaid(tree, Project, "BannedApiAnalyzers", "<AdditionalFiles Include=\"BannedSymbols.txt\" />")),
        (BannedSymbols, "P:System.DateTime.Now;Rules see turn.Now only"), (Project, "<Project />"),
        ("src/Domain/Inventory/Quiet.cs", "#pragma warning disable RS0030\n"));

    /// <summary>Coordinates may be fractions; nothing else is, and so no money.</summary>
    [Fact]
    public void Money_is_never_a_fraction() => Holds(
        tree => In(tree, Domain).PlacesInCode(@"\b(double|float|decimal)\b(?!\?? (Latitude|Longitude)\b).*"),
        ("src/Domain/Ordering/Price.cs", "record Price(double Amount);"),
        ("src/Domain/Ordering/Price.cs", "long Half(long x) => (long)((float)x / 2);"));

    [Fact]
    public void Names_are_the_trades() => Holds(
        tree => In(tree, Domain).PlacesInCode($@"\b\w+{Technical}\b")
            .Concat(In(tree, Domain).Select(f => f.Path).Where(path => path.Has($@"{Technical}\.cs$"))),
        [
            ("src/Domain/Ordering/OrderHelper.cs", ""),
            .. Suffixes.Select(suffix => ("src/Domain/Ordering/Named.cs", $"class Order{suffix};")),
        ]);

    [Fact]
    public void A_folder_of_the_domain_is_a_namespace() => Holds(
        tree => from file in In(tree, Domain)
                let space = CapabilityOf(file) is { } capability ? $"Fulfillment.{capability}" : "Fulfillment"
                where !file.Code.Has($"^namespace {space};")
                select $"{file.Path} is not in {space}",
        ("src/Domain/Ordering/Lost.cs", "namespace Fulfillment.Inventory;"),
        ("src/Domain/Kernel/Lost.cs", "namespace Fulfillment.Kernel;"));

    [Fact]
    public void The_kernel_names_no_capability() => Holds(
        tree => In(tree, "src/Domain/Kernel").PlacesInCode(
            $@"\b({string.Join('|', In(tree, Domain).Select(CapabilityOf).OfType<string>().Distinct())})\b"),
        ("src/Domain/Kernel/Knows.cs", "using Fulfillment.Inventory;"),
        ("src/Domain/Kernel/Knows.cs", "Ordering.Order? order;"));

    /// <summary>
    /// A capability may name what another says (messages, statuses, replies, typed calls), and never its state and its
    /// rules. Types are found by name, in files that could see them; a property of the same name is told from a type by
    /// where it stands.
    /// </summary>
    [Fact]
    public void A_capability_names_only_the_messages_of_others() => Holds(
        tree => from capability in In(tree, Domain).Where(f => !IsVocabulary(f)).GroupBy(CapabilityOf)
                where capability.Key is not null
                let types = string.Join('|', capability.SelectMany(f => f.Code.All(Declared)).Select(m => m.Groups[1]))
                from file in In(tree, Domain)
                where CapabilityOf(file) != capability.Key
                let sees = file.Code.Has($@"\busing (static )?(\w+ = )?Fulfillment\.{capability.Key}\b")
                from place in new[] { file }.PlacesInCode(
                    $@"\b{capability.Key}\.({types})\b{(sees ? $"|{AsType(types)}" : "")}")
                select place,
        ("src/Domain/Ordering/Peek.cs", "using Fulfillment.Inventory; class Peek { Sku? _sku; }"),
        ("src/Domain/Ordering/Peek.cs", "using Fulfillment.Inventory; class Peek { void A(object o) => o is Sku; }"),
        ("src/Domain/Ordering/Peek.cs", "using Fulfillment.Inventory; class Peek { long A() => Sku.MaxNodes; }"),
        ("src/Domain/Ordering/Peek.cs", "class Peek { object A() => new Inventory.Claim(); }"),
        ("src/Domain/Inventory/Peek.cs", "using Fulfillment.Ordering; class Peek { List<Demand> _demands; }"));

    const string Declared = @"^(?!\s).*\b(?:class|struct|interface|enum|record) ([A-Z]\w*)";

    static string AsType(string types) => $@"(?<![.\w])({types})(?=\??\s+[A-Za-z_]|\s*[.<(\[{{]|\??\[)"
        + $@"|(?<=<|, |\b(is|as|new|not|or|and) )({types})(?=[>,;)\s])";

    /// <summary>What a capability says to others. <c>Units</c> is the arithmetic of a value in messages.</summary>
    static bool IsVocabulary(SourceFile file) =>
        file.Name.Has(@"(Messages|Statuses|Reply)\.cs$|^I[A-Z]|^Units\.cs$");

    static IEnumerable<SourceFile> In(Tree tree, string folder) => tree.Code.Where(f => f.IsIn(folder));

    static IEnumerable<string> NotSaid(Tree tree, string path, params string[] texts) =>
        texts.Where(text => !tree.Text(path).Contains(text, StringComparison.Ordinal))
            .Select(text => $"{path} does not say {text}");

    /// <summary>The folder below Domain; null for the kernel.</summary>
    static string? CapabilityOf(SourceFile file) =>
        file.Path.Split('/')[2] is not "Kernel" and var folder ? folder : null;
}
