package io.github.auditstream.connect.office365.status.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;

/** An MBean with one attribute for each of some readings; nothing can be set or invoked. */
final class ReadingsBean implements DynamicMBean {
  private final Map<String, Reading> readings = new LinkedHashMap<>();

  ReadingsBean(List<Reading> readings) {
    readings.forEach(reading -> this.readings.put(reading.metric().metricName(), reading));
  }

  @Override
  public Object getAttribute(String attribute) throws AttributeNotFoundException {
    Reading reading = readings.get(attribute);
    if (reading == null) {
      throw new AttributeNotFoundException(attribute);
    }
    return reading.value().get();
  }

  @Override
  public AttributeList getAttributes(String[] attributes) {
    AttributeList list = new AttributeList();
    for (String name : attributes) {
      Reading reading = readings.get(name);
      if (reading != null) {
        list.add(new Attribute(name, reading.value().get()));
      }
    }
    return list;
  }

  @Override
  public void setAttribute(Attribute attribute) {
    throw new UnsupportedOperationException("metrics are read only");
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    throw new UnsupportedOperationException("metrics are read only");
  }

  @Override
  public Object invoke(String actionName, Object[] params, String[] signature) {
    throw new UnsupportedOperationException("metrics have no operations");
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    MBeanAttributeInfo[] attributes =
        readings.values().stream()
            .map(Reading::metric)
            .map(
                metric ->
                    new MBeanAttributeInfo(
                        metric.metricName(),
                        double.class.getName(),
                        metric.description(),
                        true,
                        false,
                        false))
            .toArray(MBeanAttributeInfo[]::new);
    return new MBeanInfo(
        getClass().getName(), "Office 365 audit source", attributes, null, null, null);
  }
}
