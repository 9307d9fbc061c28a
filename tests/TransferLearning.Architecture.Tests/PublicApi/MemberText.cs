using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace TransferLearning.Architecture.Tests.PublicApi;

/// <summary>Writes methods and properties as C# declares them.</summary>
internal static class MemberText
{
    public static string Of(MethodInfo method)
    {
        string[] arguments = [.. method.GetGenericArguments().Select(a => a.Name)];
        string generics = arguments.Length > 0 ? $"<{string.Join(", ", arguments)}>" : "";
        string returned = $"{TypeName.Of(method.ReturnType)}{Nullable(new NullabilityInfoContext().Create(method.ReturnParameter))}";
        return $"{(method.IsStatic ? "static " : "")}{returned} {method.Name}{generics}({Parameters(method)})";
    }

    public static string Of(PropertyInfo property)
    {
        MethodInfo[] accessors = [.. property.GetAccessors(nonPublic: true).Where(a => a.IsPublic || a.IsFamily)];
        string indices = string.Join(", ", property.GetIndexParameters().Select(Of));
        string name = indices.Length > 0 ? $"this[{indices}]" : property.Name;
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        string written = accessors.FirstOrDefault(a => a.ReturnType == typeof(void)) is { } setter
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"
            : "";
        string type = $"{TypeName.Of(property.PropertyType)}{Nullable(new NullabilityInfoContext().Create(property))}";
        return $"{(accessors[0].IsStatic ? "static " : "")}{required}{type} {name} {{ get;{written} }}";
    }

    public static string Of(FieldInfo field)
    {
        string kind = field.IsLiteral ? "const " : field.IsStatic ? "static " : "";
        return $"{kind}{TypeName.Of(field.FieldType)} {field.Name}";
    }

    public static string Of(EventInfo change) => $"event {TypeName.Of(change.EventHandlerType!)} {change.Name}";

    public static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Of));

    private static string Of(ParameterInfo parameter)
    {
        string passed = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? (parameter.IsIn ? "in " : "ref ") : "";
        bool isExpanded = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));
        string expanded = isExpanded ? "params " : "";
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        string text = $"{expanded}{passed}{TypeName.Of(type)}{Nullable(new NullabilityInfoContext().Create(parameter))} {parameter.Name}";
        return parameter.HasDefaultValue ? $"{text} = {Literal(parameter.RawDefaultValue)}" : text;
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Nullable(NullabilityInfo info) =>
        info.ReadState == NullabilityState.Nullable && !info.Type.IsValueType ? "?" : "";
}
