using System.Reflection;
using System.Text;

namespace TransferLearning.Architecture.Tests.PublicApi;

/// <summary>
/// Lists an assembly's public types with their public and protected members, a line each, in an order that does not change.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in TypesOf(assembly).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// The public types; not those that the engine on ML.NET's trainer is compiled with, ML.NET's signatures and its own tests.
    /// </summary>
    public static IEnumerable<Type> TypesOf(Assembly assembly) => assembly.GetExportedTypes().Where(type =>
        type.Namespace is { } name && (name.StartsWith("TransferLearning", StringComparison.Ordinal) || ExtendsOthers(type))
        && !name.Split('.').Intersect(["Tests", "Benchmarks"]).Any());

    /// <summary>Extension methods of ML.NET's catalogs and of the service container are in their namespaces.</summary>
    private static bool ExtendsOthers(Type type) => type.Assembly.GetName().Name is "TransferLearning.MLNet" or "TransferLearning.Hosting";

    private static string Header(Type type)
    {
        string kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsSealed ? "sealed class"
            : type.IsAbstract ? "abstract class"
            : "class";
        IEnumerable<string> parents = type.IsEnum ? [] : Parents(type).Select(TypeName.Of);
        string list = string.Join(", ", parents);
        return $"{kind} {type.Namespace}.{TypeName.Of(type)}{(list.Length > 0 ? $" : {list}" : "")}";
    }

    private static IEnumerable<Type> Parents(Type type)
    {
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
        {
            yield return parent;
        }

        IEnumerable<Type> own = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(i => i.IsPublic);
        foreach (Type contract in own.OrderBy(i => i.FullName, StringComparer.Ordinal))
        {
            yield return contract;
        }
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name))}");
        }

        return type.GetMembers(Declared).Select(m => Describe(type, m)).OfType<string>();
    }

    private static string? Describe(Type type, MemberInfo member) => member switch
    {
        // The compiler's own members of records (clone, copy constructor) have names that C# cannot write.
        _ when member.Name.Contains('<', StringComparison.Ordinal) => null,
        ConstructorInfo constructor when IsVisible(constructor) => $"{type.Name}({MemberText.Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when IsVisible(method) => MemberText.Of(method),
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsVisible) => MemberText.Of(property),
        FieldInfo field when field.IsPublic || field.IsFamily => MemberText.Of(field),
        EventInfo change when change.AddMethod is { } add && IsVisible(add) => MemberText.Of(change),
        _ => null,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
